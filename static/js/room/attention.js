/** Whether I see what is said: counts what is unread, and tells me where somebody means me. */
import { listen } from '../emitter.js';
import { find } from '../state/chat.js';
import { Alerts } from '../ui/chat/alerts.js';
import { Unread } from '../ui/chat/unread.js';

export class Attention {
  #alerts = new Alerts();
  #unread = new Unread();
  #list;
  #me;
  #looked;
  #visible = true;

  /** `me` is my user id; `looked` is called when I may have begun, or ceased, to see the chat. */
  constructor(list, me, looked) {
    this.#list = list;
    this.#me = me;
    this.#looked = looked;
  }

  /** The number of the message after which the unread line stands; null: nowhere. */
  get since() {
    return this.#unread.since;
  }

  /** Listens to the page, its list and the bell; returns the undo. `blocked` is called when the browser lets nothing through. */
  bind(blocked) {
    const undo = [
      this.#alerts.bind(),
      this.#alerts.on('blocked', blocked),
      this.#list.on('moved', this.#looked),
      listen(document, 'visibilitychange', this.#looked),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Whether the panel of the chat can be seen. */
  visible(visible) {
    this.#visible = visible;
    this.#looked();
  }

  /** Takes a message that is new to the chat. */
  news(item, chat) {
    if (item.user === this.#me || item.gone || this.#isSeen()) return;
    const isAnswer = find(chat, item.re)?.user === this.#me;
    if (isAnswer || item.at?.includes(this.#me)) this.#alerts.meant(item);
  }

  /** Counts what is unread, at once: a hidden tab draws nothing, and has to tell all the same. */
  count({ items, v }) {
    if (v === null) return;
    const isSeen = this.#isSeen();
    const count = this.#unread.take(items, isSeen, this.#me);
    this.#alerts.unread(this.#visible ? 0 : count);
    if (isSeen) this.#alerts.seen();
    this.#list.count(count);
  }

  /** I have said something: nothing before it is unread. */
  said() {
    this.#unread.forget();
  }

  #isSeen() {
    return this.#visible && !document.hidden && this.#list.atEnd;
  }
}
