/** Puts the rows of a list into another order: a handle is dragged, by mouse or finger, or moved by its arrow keys. */
import { Emitter, listen } from '../emitter.js';

const STEPS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };
const EDGE = 48; // px from the edge of the box that scrolls, from which on it scrolls along
const PACE = 12; // px a frame

/**
 * The rows are the children of `list`, each with a `data-id`; a handle is a `[data-handle]` within.
 * Events: 'move' {id, before: the id of the row below its new place, or null}, 'step' {id, step: -1, 1 or ±Infinity},
 * 'settled' when a drag is over: a list that was drawn meanwhile has to be drawn again.
 */
export class Reorder extends Emitter {
  #list;
  #row = null;
  #home = null; // the row below the one that is dragged, before the drag
  #y = 0;
  #frame = 0;

  constructor(list) {
    super();
    this.#list = list;
  }

  /** Whether a row is being dragged: its list must not be drawn then. */
  get dragging() {
    return this.#row !== null;
  }

  /** Listens to the list; returns the undo. */
  bind() {
    const undo = [
      listen(this.#list, 'pointerdown', (event) => this.#take(event)),
      listen(this.#list, 'pointermove', (event) => this.#drag(event)),
      listen(this.#list, 'pointerup', () => this.#drop(true)),
      listen(this.#list, 'pointercancel', () => this.#drop(false)),
      listen(this.#list, 'keydown', (event) => this.#key(event)),
    ];
    return () => undo.forEach((one) => one());
  }

  #take(event) {
    const handle = event.target.closest('[data-handle]');
    if (!handle || event.button !== 0 || this.dragging) return;
    event.preventDefault(); // no text is selected on the way
    handle.focus({ preventScroll: true });
    this.#row = handle.closest('[data-id]');
    this.#home = this.#row.nextElementSibling;
    this.#y = event.clientY;
    this.#row.dataset.dragged = '';
    this.#list.setPointerCapture(event.pointerId);
    this.#follow();
  }

  #drag({ clientY }) {
    if (!this.dragging) return;
    this.#y = clientY;
    this.#put();
  }

  /** Puts the row above the first one whose middle is below the pointer. */
  #put() {
    const others = [...this.#list.children].filter((row) => row !== this.#row);
    const below = others.find((row) => this.#y < middleOf(row)) ?? null;
    if (below !== this.#row.nextElementSibling) this.#list.insertBefore(this.#row, below);
  }

  /** Scrolls along while the pointer stands at an edge. */
  #follow() {
    this.#frame = requestAnimationFrame(() => this.#follow());
    const box = scrollerOf(this.#list);
    const { top, bottom } = box.getBoundingClientRect();
    const pace = this.#y < top + EDGE ? -PACE : this.#y > bottom - EDGE ? PACE : 0;
    if (!pace) return;
    box.scrollTop += pace;
    this.#put();
  }

  #drop(kept) {
    if (!this.dragging) return;
    cancelAnimationFrame(this.#frame);
    const row = this.#row;
    const moved = kept && row.nextElementSibling !== this.#home;
    delete row.dataset.dragged;
    this.#row = null;
    if (moved) this.emit('move', { id: row.dataset.id, before: row.nextElementSibling?.dataset.id ?? null });
    else this.#list.insertBefore(row, this.#home?.isConnected ? this.#home : null);
    this.emit('settled');
  }

  #key(event) {
    const handle = event.target.closest('[data-handle]');
    if (event.key === 'Escape' && this.dragging) return this.#drop(false);
    const step = STEPS[event.key];
    if (!handle || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // the arrows would also jump in the film
    this.emit('step', { id: handle.closest('[data-id]').dataset.id, step });
  }
}

function middleOf(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}

function scrollerOf(element) {
  for (let box = element; box; box = box.parentElement) {
    if (box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  }
  return document.scrollingElement;
}
