/** Big numbers over the film before a start that all can see coming. */
import { Seconds } from './seconds.js';

export class Countdown {
  #place = document.getElementById('countdown');
  #seconds;
  #counting = false;

  /** `serverNow` returns ms, or null. */
  constructor(serverNow) {
    this.#seconds = new Seconds(serverNow);
  }

  /** Takes the room's vector. */
  render({ playing, hold, t }) {
    this.#counting = false;
    if (playing && !hold) return this.#seconds.run(t, (left) => this.#show(left));
    this.stop();
  }

  /** Counts no more. */
  stop() {
    this.#seconds.stop();
    this.#counting = false;
    this.#show(0);
  }

  /** A start less than a second ahead is an ordinary one. */
  #show(left) {
    this.#counting = left > 1 || (this.#counting && left > 0);
    const number = document.createElement('span'); // a new element: each number comes in with its own movement
    number.textContent = left;
    this.#place.replaceChildren(...(this.#counting ? [number] : []));
  }
}
