/** Where the chat is scrolled to: it sticks to its end, or keeps what is being read in its place. */
import { Emitter, listen } from '../../emitter.js';

const NEAR = 48; // px from the end that count as the end
const EARLY = 160; // px from the top at which older messages are asked for

/** Events: 'moved' when the end is reached or left, 'top' near the oldest line. */
export class Scroll extends Emitter {
  #view;
  #list;

  /** Whether the view is, and stays, at the end. */
  atEnd = true;

  /** `view` scrolls `list`. */
  constructor(view, list) {
    super();
    this.#view = view;
    this.#list = list;
  }

  /** Follows scrolling, and changes of size (a keyboard, an open panel); returns the undo. */
  bind() {
    const sizes = new ResizeObserver(() => this.atEnd && this.toEnd());
    sizes.observe(this.#view);
    sizes.observe(this.#list);
    const undo = listen(this.#view, 'scroll', () => this.#scrolled());
    return () => {
      sizes.disconnect();
      undo();
    };
  }

  /** Makes a change of the list, without a jump of what is being read. */
  keep(change) {
    const anchor = this.atEnd ? null : this.#firstSeen();
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (this.atEnd) this.toEnd();
    else if (anchor?.isConnected) this.#view.scrollTop += anchor.getBoundingClientRect().top - before;
    this.#lookForTop();
  }

  /** Goes to the newest line. */
  toEnd() {
    this.#view.scrollTop = this.#view.scrollHeight;
    this.#settle(true);
  }

  #scrolled() {
    if (!this.#view.clientHeight) return; // a hidden panel is nowhere
    const { scrollTop, scrollHeight, clientHeight } = this.#view;
    this.#settle(scrollHeight - scrollTop - clientHeight < NEAR);
    this.#lookForTop();
  }

  #settle(atEnd) {
    if (this.atEnd === atEnd) return;
    this.atEnd = atEnd;
    this.emit('moved');
  }

  #lookForTop() {
    if (this.#view.clientHeight && this.#view.scrollTop < EARLY) this.emit('top');
  }

  #firstSeen() {
    const { top } = this.#view.getBoundingClientRect();
    return [...this.#list.children].find((line) => line.getBoundingClientRect().bottom > top);
  }
}
