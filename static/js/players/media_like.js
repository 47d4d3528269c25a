/** What an element must have of HTMLMediaElement beside playing itself: sound, duration, ranges, errors. */

export class MediaLike extends HTMLElement {
  #volume = 1;
  #muted = false;
  #duration = NaN;

  error = null;
  fault = null;

  /** Puts `volume` and `muted` into effect. */
  loudness() {}

  /** The share of the film that is loaded, 0 to 1. */
  loadedShare() {
    return 0;
  }

  get volume() {
    return this.#volume;
  }

  set volume(volume) {
    this.#volume = volume;
    this.#sounds();
  }

  get muted() {
    return this.#muted;
  }

  set muted(muted) {
    this.#muted = muted;
    this.#sounds();
  }

  get duration() {
    return this.#duration;
  }

  set duration(duration) {
    if (!(duration > 0) || duration === this.#duration) return;
    this.#duration = duration;
    this.tell('durationchange');
  }

  get buffered() {
    return until(this.loadedShare() * this.#duration);
  }

  get seekable() {
    return until(this.#duration);
  }

  /** Fires `error` with what a person can do about it. */
  fail(code, fault) {
    this.error = { code, message: fault.message };
    this.fault = fault;
    this.tell('error');
  }

  /** Fires an event as media elements do: after the script that caused it. */
  tell(name) {
    queueMicrotask(() => this.dispatchEvent(new Event(name)));
  }

  #sounds() {
    this.loudness();
    this.tell('volumechange');
  }
}

function until(end) {
  return { length: end > 0 ? 1 : 0, start: () => 0, end: () => end };
}
