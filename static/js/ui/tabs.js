/** The tabs beside the film: one panel is shown, arrows walk through the tabs. */
import { Emitter, listen } from '../emitter.js';

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

/** Event: 'shown' (the panel's name: chat, people, room). */
export class Tabs extends Emitter {
  #tabs = [...document.querySelectorAll('[role=tab]')];
  #list = document.querySelector('[role=tablist]');

  /** The name of the panel that is shown. */
  shown = 'chat';

  /** Listens to clicks and arrows; returns the undo. */
  bind() {
    const undo = [
      ...this.#tabs.map((tab) => listen(tab, 'click', () => this.show(nameOf(tab)))),
      listen(this.#list, 'keydown', (event) => this.#step(event)),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Shows a panel. */
  show(name) {
    this.shown = name;
    for (const tab of this.#tabs) {
      const chosen = nameOf(tab) === name;
      tab.ariaSelected = String(chosen);
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')).hidden = !chosen;
    }
    this.emit('shown', name);
  }

  #step(event) {
    const step = STEPS[event.key];
    const at = this.#tabs.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    event.stopPropagation(); // not five seconds of film as well
    const next = this.#tabs[(at + step + this.#tabs.length) % this.#tabs.length];
    this.show(nameOf(next));
    next.focus();
  }
}

const nameOf = (tab) => tab.id.replace('tab-', '');
