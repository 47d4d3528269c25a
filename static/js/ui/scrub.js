/** Gathers a drag, or a row of key presses, into one seek. */
import { Emitter } from '../emitter.js';

const CALM = 250; // ms after the last press of a key

/** Event: 'seek' (seconds). */
export class Scrub extends Emitter {
  #held = false;
  #timer = null;

  /** Where the seek that is being gathered goes, or null. */
  target = null;

  /** Wants the film at `position`. */
  to(position) {
    this.target = position;
    clearTimeout(this.#timer);
    if (!this.#held) this.#timer = setTimeout(() => this.#commit(), CALM);
  }

  /** A pointer went down on the time line: nothing is final until it goes up. */
  hold() {
    this.#held = true;
  }

  /** The pointer is up. */
  release() {
    if (!this.#held) return;
    this.#held = false;
    clearTimeout(this.#timer);
    this.#commit();
  }

  #commit() {
    if (this.target === null) return;
    const position = this.target;
    this.target = null;
    this.emit('seek', position);
  }
}
