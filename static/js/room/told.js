/** What this tab tells the room of the video that it shows: its length and title, or that it does not play here. */

export class Told {
  #send;
  #entry = null;
  #meta = null;
  #fault = null;

  /** `send` (a message) returns whether it went. */
  constructor({ send }) {
    this.#send = send;
  }

  /** Another video {id, known} is shown: of the one before there is nothing more to tell. */
  about(entry) {
    this.#entry = entry;
    this.#meta = this.#fault = null;
  }

  /** The player has found something out: {duration, live, title}. */
  learned(news) {
    this.#meta = { type: 'meta', entry: this.#entry.id, ...news };
    if (!this.#entry.known) this.#entry.known = this.#send(this.#meta);
  }

  /** The player cannot play it; `reason` is a word of players/faults.js. */
  failed(reason) {
    this.#fault = { type: 'fault', entry: this.#entry.id, reason };
    this.#send(this.#fault);
  }

  /** It plays after all. */
  plays() {
    this.#fault = null;
  }

  /** There is a new line, which knows nothing of this tab. */
  opened() {
    if (this.#meta && !this.#entry.known) this.#entry.known = this.#send(this.#meta);
    if (this.#fault) this.#send(this.#fault);
  }
}
