/** What the page around the player goes through: hidden, seen again, back on line, another headset. */
import { listen } from '../emitter.js';

const DEVICE = 1500; // ms: a pause so soon after a headset came or went is the browser's

export class Page {
  #deviceAt = -Infinity;

  /** Calls `fn` when the page is seen again or hidden, `woken` when the clock may have become worse; returns the undo. */
  watch(fn, woken) {
    const devices = navigator.mediaDevices; // absent without https
    const undo = [
      listen(document, 'visibilitychange', fn),
      listen(window, 'online', woken),
      devices ? listen(devices, 'devicechange', () => (this.#deviceAt = performance.now())) : () => {},
    ];
    return () => undo.forEach((one) => one());
  }

  get hidden() {
    return document.hidden;
  }

  /** Returns whether a person could have acted on the player just now. */
  get attended() {
    return !document.hidden && performance.now() - this.#deviceAt > DEVICE;
  }
}
