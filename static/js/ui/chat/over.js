/** In full screen the chat lies over the film, unless I take it off there. */
import { Emitter, listen } from '../../emitter.js';

/** Event: 'changed' when the chat may have come into sight, or gone out of it. */
export class Over extends Emitter {
  #button = document.getElementById('chat-over');
  #tab = document.getElementById('tab-chat');

  /** Listens to its button, and to the screen; returns the undo. */
  bind() {
    const undo = [
      listen(this.#button, 'click', () => this.#put(!this.#isOn)),
      listen(document, 'fullscreenchange', () => this.#turned()),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Whether it is off the film now. */
  get isOff() {
    return document.fullscreenElement !== null && !this.#isOn;
  }

  /** Lays the chat over the film again. */
  show() {
    if (!this.#isOn) this.#put(true);
  }

  get #isOn() {
    return this.#button.ariaPressed === 'true';
  }

  #put(on) {
    this.#button.ariaPressed = String(on);
    this.emit('changed');
  }

  #turned() {
    if (document.fullscreenElement) this.#tab.click(); // there are no tabs: whichever was open, it is the chat now
    this.emit('changed');
  }
}
