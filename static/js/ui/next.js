/** A card over the film between two entries: the next one counts down, or waits for a press. */
import { Emitter, listen } from '../emitter.js';
import { Seconds } from './seconds.js';

/** Events: 'pause' and 'play' (for everyone) while it counts, 'skip' where it waits. */
export class Next extends Emitter {
  #card = document.getElementById('next');
  #head = document.getElementById('next-head');
  #title = document.getElementById('next-title');
  #stop = document.getElementById('next-stop');
  #go = document.getElementById('next-go');
  #seconds;
  #counts = false;

  /** `serverNow` returns ms, or null. */
  constructor(serverNow) {
    super();
    this.#seconds = new Seconds(serverNow);
  }

  /** Listens to its buttons; returns the undo. */
  bind() {
    const undo = [
      listen(this.#stop, 'click', () => this.emit('pause')),
      listen(this.#go, 'click', () => this.emit(this.#counts ? 'play' : 'skip')),
    ];
    return () => undo.forEach((one) => one());
  }

  /** `coming` {title, until: server ms, or null where it waits}, or null for no card; `may`: whether I have the remote. */
  render(coming, may) {
    this.#seconds.stop();
    this.#card.hidden = true;
    if (!coming) return;
    this.#counts = coming.until !== null;
    this.#title.textContent = coming.title;
    this.#stop.hidden = !may || !this.#counts;
    this.#go.hidden = !may;
    if (this.#counts) return this.#seconds.run(coming.until, (left) => this.#count(left));
    this.#head.textContent = 'Up next';
    this.#card.hidden = false;
  }

  #count(left) {
    this.#head.textContent = `Up next in ${left} s`;
    this.#card.hidden = left === 0;
  }
}
