/** What of the chat I have read: a count, and where the unread part begins; no DOM. */

export class Unread {
  #read = null; // number of the newest message seen
  #since = null; // number after which the unread line stands
  #wasSeen = true;

  /** Where the unread line stands: after the message of this number; null: nowhere. */
  get since() {
    return this.#since;
  }

  /** Takes the messages after a change; `seen`: the newest is in sight. Returns how many of others are unread. */
  take(items, seen, me) {
    const newest = items.at(-1)?.n ?? 0;
    this.#read ??= newest;
    const news = items.filter(({ n, user, gone }) => n > this.#read && user !== me && !gone);
    if (seen && this.#wasSeen && news.length) this.#since = null; // read, and the talk went on
    if (!seen && news.length) this.#since ??= this.#read;
    if (seen) this.#read = newest;
    this.#wasSeen = seen;
    return seen ? 0 : news.length;
  }

  /** Everything is read: I have answered. */
  forget() {
    this.#since = null;
  }
}
