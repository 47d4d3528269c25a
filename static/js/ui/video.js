/** Another video for the room: a link is pasted, and the room says whether it can be played. */
import { listen } from '../emitter.js';
import { reasonText } from './reasons.js';

export class Video {
  #place = document.getElementById('video');
  #form = document.getElementById('video-form');
  #error = document.getElementById('video-error');
  #manage;

  /** `manage` (kind, fields) resolves to {ok, reason, wait}. */
  constructor(manage) {
    this.#manage = manage;
  }

  /** Listens to the form; returns the undo. */
  bind() {
    return listen(this.#form, 'submit', (event) => {
      event.preventDefault();
      this.#change();
    });
  }

  /** Whether I may change the video. */
  allow(allowed) {
    this.#place.hidden = !allowed;
  }

  async #change() {
    const { link, change } = this.#form.elements;
    this.#complain('');
    if (!link.value.trim()) return this.#complain('Paste a link to a video first.');
    change.disabled = true;
    const { ok, reason, wait } = await this.#manage('video', { link: link.value.trim() });
    change.disabled = false;
    if (ok) this.#form.reset();
    else this.#complain(reasonText(reason, wait));
  }

  #complain(text) {
    this.#error.textContent = text;
    this.#form.elements.link.ariaInvalid = text ? 'true' : null;
    if (text) this.#form.elements.link.focus();
  }
}
