/** A menu that opens at a button: of its items those are shown that make sense there. */
import { Emitter, listen } from '../emitter.js';

const SPACE = 8; // px between the menu and the edge of the window
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** Event: 'chosen' {kind, subject}: the item's `data-kind`, and what the menu was opened for. */
export class Menu extends Emitter {
  #menu;
  #items;
  #lines;
  #subject = null;
  #opener = null;

  /** `menu` is a popover with buttons of the role menuitem. */
  constructor(menu) {
    super();
    this.#menu = menu;
    this.#items = [...menu.querySelectorAll('[role=menuitem]')];
    this.#lines = [...menu.querySelectorAll('[role=separator]')];
  }

  /** Listens to the menu and what happens around it; returns the undo. */
  bind() {
    const undo = [
      listen(this.#menu, 'click', (event) => this.#pressed(event)),
      listen(this.#menu, 'keydown', (event) => this.#key(event)),
      listen(document, 'pointerdown', ({ target }) => this.#isOutside(target) && this.close()),
      listen(document, 'focusin', ({ target }) => this.#isOutside(target) && this.close()),
      listen(window, 'resize', () => this.close()),
      listen(window, 'blur', () => this.close()), // a press inside the iframe of a film
    ];
    window.addEventListener('scroll', this.#moved, { capture: true, passive: true });
    undo.push(() => window.removeEventListener('scroll', this.#moved, { capture: true }));
    return () => undo.forEach((one) => one());
  }

  /** Opens at a button with these kinds of items; closes if it is open there already. */
  toggle(subject, kinds, button) {
    const again = this.#opener === button;
    this.close();
    if (!again && kinds.length) this.#open(subject, kinds, button);
  }

  #open(subject, kinds, button) {
    [this.#subject, this.#opener] = [subject, button];
    for (const item of this.#items) item.hidden = !kinds.includes(item.dataset.kind);
    for (const line of this.#lines) line.hidden = !this.#parts(line);
    this.#menu.ariaLabel = button.ariaLabel;
    button.ariaExpanded = 'true';
    this.#menu.showPopover();
    this.#put(button.getBoundingClientRect());
    this.#shown()[0].focus({ preventScroll: true });
  }

  /** Returns whether there are items on both sides of a line. */
  #parts(line) {
    const sides = this.#shown().map((item) => line.compareDocumentPosition(item));
    return new Set(sides).size > 1;
  }

  /** Closes; safe to call at any time. */
  close() {
    if (!this.#opener) return;
    this.#opener.ariaExpanded = 'false';
    [this.#subject, this.#opener] = [null, null];
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
    const subject = this.#subject;
    this.#leave();
    this.emit('chosen', { kind, subject });
  }
}

const mapped = (object, fn) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, fn(value)]));
