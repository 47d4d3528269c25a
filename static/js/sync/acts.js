/** Tells a person's act on the player itself (media key, picture in picture, click in an iframe) from everything else. */
import { expect, meet } from './expect.js';
import { suspect, verdict } from './intents.js';

const LOOK = 250; // ms that an act must last

export class Acts {
  #page;
  #scene;
  #settle;
  #expected = [];
  #timer = null;

  /** `scene()` returns what intents.js asks about; `settle(whose, kind, scene)` is told after having looked. */
  constructor(page, scene, settle) {
    this.#page = page;
    this.#scene = scene;
    this.#settle = settle;
  }

  /** True while an act is being looked at: hands off the player. */
  get looking() {
    return this.#timer !== null;
  }

  /** Announces an event that this program is about to cause. */
  expect(kind, target) {
    this.#expected = expect(this.#expected, kind, performance.now(), target);
  }

  /** Returns whether an event was announced. */
  met(kind, position) {
    const { list, matched } = meet(this.#expected, kind, performance.now(), position);
    this.#expected = list;
    return matched;
  }

  /** Looks at an event that was not. */
  look(kind) {
    const attended = this.#page.attended;
    if (this.looking || !suspect(kind, this.#scene())) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const scene = this.#scene();
      this.#settle(verdict(kind, { ...scene, visible: attended && this.#page.attended }), kind, scene);
    }, LOOK);
  }

  /** Looks no longer: the room has spoken. */
  forget() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }
}
