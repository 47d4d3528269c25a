/** Counts the whole seconds down to a moment on the server's clock. */

const SOON = 250; // ms until the clock is asked again where it is not known yet

export class Seconds {
  #now;
  #timer = null;

  /** `now` returns server ms, or null while that is not known. */
  constructor(now) {
    this.#now = now;
  }

  /** Calls `show` with the seconds left until `until` (ms), rounded up, as each begins, and with 0 at the end. */
  run(until, show) {
    this.stop();
    const now = this.#now();
    if (now === null) return this.#again(SOON, until, show);
    const left = Math.max(0, Math.ceil((until - now) / 1000));
    show(left);
    if (left) this.#again(until - now - (left - 1) * 1000, until, show);
  }

  /** Counts no more. */
  stop() {
    clearTimeout(this.#timer);
  }

  #again(wait, until, show) {
    this.#timer = setTimeout(() => this.run(until, show), wait);
  }
}
