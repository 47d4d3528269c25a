/** What lies over the player: at most one cover, the weightiest; the controls below it are out of reach meanwhile. */
import { Emitter, listen } from '../emitter.js';
import { linkOf } from '../state/queue.js';

const BY_WEIGHT = ['gone', 'closed', 'removed', 'revoked', 'locked', 'ticket', 'full', 'fault', 'join', 'blocked'];

/** Events: 'join' and 'unlock' when these buttons are pressed, inside the gesture; 'skip' and 'replace' of a fault. */
export class Covers extends Emitter {
  #stage = document.getElementById('stage');
  #player = document.getElementById('player');
  #wanted = new Set();

  /** Listens to its buttons; returns the undo. */
  bind() {
    const press = (id, fn) => listen(document.getElementById(id), 'click', fn);
    const undo = [
      press('join', () => this.emit('join')),
      press('unlock', () => this.emit('unlock')),
      press('reload', () => location.reload()),
      press('fault-keep', () => this.hide('fault')),
      ...['skip', 'replace'].map((name) => press(`fault-${name}`, () => this.emit(name))),
    ];
    document.getElementById('join').disabled = false; // until now a press would have been lost
    return () => undo.forEach((one) => one());
  }

  /** Shows a cover. */
  show(name) {
    this.#wanted.add(name);
    this.#render();
  }

  /** Takes a cover away, if it is there. */
  hide(name) {
    if (this.#wanted.delete(name)) this.#render();
  }

  /** Says why this video does not play here, and what to do. */
  fault(message) {
    this.say('fault', message);
    this.show('fault');
  }

  /** Knows what I may do about a fault: {skip, replace}. */
  offer({ skip, replace }) {
    document.getElementById('fault-skip').hidden = !skip;
    document.getElementById('fault-replace').hidden = !replace;
  }

  /** Knows where the video itself is, for those who want to try it there. */
  source(entry) {
    document.getElementById('source').href = linkOf(entry);
  }

  /** Changes the text of a cover. */
  say(name, text) {
    this.#cover(name).querySelector('[data-text]').textContent = text;
  }

  /** The name of the cover that people see, or null. */
  get top() {
    return BY_WEIGHT.find((name) => this.#wanted.has(name)) ?? null;
  }

  #cover(name) {
    return this.#stage.querySelector(`.cover[data-name="${name}"]`);
  }

  #render() {
    const top = this.top;
    for (const name of BY_WEIGHT) this.#cover(name).hidden = name !== top;
    this.#stage.dataset.cover = top ?? '';
    this.#player.inert = top !== null;
    // Who stood on the button of a cover that went away stands on the player now, so that the keys work.
    if (!top && document.activeElement === document.body) document.getElementById('play').focus({ preventScroll: true });
  }
}
