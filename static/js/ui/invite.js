/** The invite link: copy it, share it. */
import { listen } from '../emitter.js';
import { copyField } from './clipboard.js';

const SAID = 2500; // ms that "Copied" stands

export class Invite {
  #link = document.getElementById('invite-link');
  #copy = document.getElementById('copy');
  #text = document.getElementById('copy-text');
  #share = document.getElementById('share');
  #title;
  #timer = null;

  constructor(title) {
    this.#title = title;
    this.#share.hidden = !navigator.share;
  }

  /** Listens to its buttons; returns the undo. */
  bind() {
    const undo = [
      listen(this.#copy, 'click', () => this.copy()),
      listen(this.#link, 'focus', () => this.#link.select()),
      listen(this.#share, 'click', () => this.#offer()),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Puts the link on the clipboard, and says so. */
  async copy() {
    const copied = await copyField(this.#link);
    this.#text.textContent = copied ? 'Copied' : 'Press Ctrl+C';
    this.#copy.toggleAttribute('data-copied', copied);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#reset(), SAID);
  }

  #reset() {
    this.#text.textContent = 'Copy link';
    this.#copy.removeAttribute('data-copied');
  }

  #offer() {
    // Rejects when the person changes their mind: nothing to say then.
    navigator.share({ title: this.#title, text: `Watch “${this.#title}” with me`, url: this.#link.value }).catch(() => {});
  }
}
