/** The menu of what I may do with a person, and the question before a ban. */
import { Emitter, listen } from '../emitter.js';

const SPACE = 8; // px between the menu and the edge of the window
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** Event: 'chosen' {kind, person}; kinds as choicesFor of state/standing.js names them. */
export class PersonMenu extends Emitter {
  #menu = document.getElementById('person-menu');
  #dialog = document.getElementById('ban');
  #items = [...this.#menu.querySelectorAll('[role=menuitem]')];
  #person = null;
  #opener = null;

  /** Listens to the menu, the dialog and what happens around them; returns the undo. */
  bind() {
    const undo = [
      listen(this.#menu, 'click', (event) => this.#pressed(event)),
      listen(this.#menu, 'keydown', (event) => this.#key(event)),
      listen(document.getElementById('ban-sure'), 'click', () => this.#banned()),
      listen(document, 'pointerdown', ({ target }) => this.#isOutside(target) && this.close()),
      listen(document, 'focusin', ({ target }) => this.#isOutside(target) && this.close()),
      listen(window, 'resize', () => this.close()),
      listen(window, 'blur', () => this.close()), // a press inside the iframe of a film
    ];
    window.addEventListener('scroll', this.#moved, { capture: true, passive: true });
    undo.push(() => window.removeEventListener('scroll', this.#moved, { capture: true }));
    return () => undo.forEach((one) => one());
  }

  /** Opens at a button with these kinds of acts; closes if it is open there already. */
  toggle(person, kinds, button) {
    const again = this.#opener === button;
    this.close();
    if (!again && kinds.length) this.#open(person, kinds, button);
  }

  #open(person, kinds, button) {
    [this.#person, this.#opener] = [person, button];
    for (const item of this.#items) item.hidden = !kinds.includes(item.dataset.kind);
    this.#menu.querySelector('.menu-line').hidden = kinds.length < 3 || !kinds.includes('kick');
    this.#menu.ariaLabel = button.ariaLabel;
    button.ariaExpanded = 'true';
    this.#menu.showPopover();
    this.#put(button.getBoundingClientRect());
    this.#shown()[0].focus({ preventScroll: true });
  }

  /** Closes; safe to call at any time. */
  close() {
    if (!this.#opener) return;
    this.#opener.ariaExpanded = 'false';
    [this.#person, this.#opener] = [null, null];
    this.#menu.hidePopover();
  }

  /** Some box scrolled: the row that the menu belongs to may have moved away. */
  #moved = ({ target }) => {
    if (target.contains(this.#opener)) this.close();
  };

  #put({ top, bottom, left, right }) {
    const { offsetWidth: width, offsetHeight: height, style } = this.#menu;
    const below = bottom + height + SPACE <= innerHeight;
    const rtl = getComputedStyle(this.#menu).direction === 'rtl';
    const [x, y] = [rtl ? left : right - width, below ? bottom : top - height];
    style.left = `${Math.max(SPACE, Math.min(x, innerWidth - width - SPACE))}px`;
    style.top = `${Math.max(SPACE, y)}px`;
  }

  #shown() {
    return this.#items.filter((item) => !item.hidden);
  }

  #isOutside(target) {
    return this.#opener !== null && !this.#menu.contains(target) && !this.#opener.contains(target);
  }

  #key(event) {
    const items = this.#shown();
    const here = items.indexOf(document.activeElement);
    const { length } = items;
    const to = { ...mapped(STEPS, (step) => (here + step + length) % length), Home: 0, End: length - 1 }[event.key];
    if (event.key === 'Tab') return this.#leave();
    if (event.key !== 'Escape' && to === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // the arrows would also jump in the film
    if (event.key === 'Escape') this.#leave();
    else items[to].focus();
  }

  /** Closes and stands on the button again. */
  #leave() {
    const opener = this.#opener;
    this.close();
    opener.focus({ preventScroll: true });
  }

  #pressed({ target }) {
    const kind = target.closest('[data-kind]')?.dataset.kind;
    if (!kind) return;
    const person = this.#person;
    this.#leave();
    if (kind === 'ban') this.#question(person);
    else this.emit('chosen', { kind, person });
  }

  #question(person) {
    this.#person = person;
    document.getElementById('ban-name').textContent = person.name;
    this.#dialog.showModal();
  }

  #banned() {
    const person = this.#person;
    this.#dialog.close();
    this.emit('chosen', { kind: 'ban', person });
  }
}

const mapped = (object, fn) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, fn(value)]));
