/** Rows of a list moved by their handles: dragged with mouse, pen or finger, or stepped with the arrow keys. */
import { listen } from '../emitter.js';

const EDGE = 60; // px from the edge of the window in which it scrolls
const SPEED = 12; // px a move
const STEPS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

/** Binds a list; calls `moved(row)` when a row has another place in it. Returns the undo. */
export function bindDrag(list, moved) {
  let drag = null;
  const end = (drop) => {
    if (drag?.end(drop)) moved(drag.row);
    drag = null;
  };
  const undo = [
    listen(list, 'pointerdown', (event) => {
      const handle = event.target.closest('[data-handle]');
      if (!handle || event.button !== 0 || drag) return;
      handle.setPointerCapture(event.pointerId);
      drag = new Drag(list, handle.closest('li'), event.clientY);
    }),
    listen(list, 'pointermove', (event) => drag?.to(event.clientY)),
    listen(list, 'pointerup', () => end(true)),
    listen(list, 'pointercancel', () => end(false)),
    listen(list, 'click', (event) => event.target.closest('[data-handle]') && event.preventDefault()),
    listen(list, 'keydown', (event) => {
      if (event.key === 'Escape') return end(false);
      const handle = event.target.closest('[data-handle]');
      if (!handle || !(event.key in STEPS) || drag) return;
      event.preventDefault();
      if (step(list, handle.closest('li'), STEPS[event.key])) moved(handle.closest('li'));
      handle.focus();
    }),
  ];
  return () => undo.forEach((one) => one());
}

/** Returns the place in a row of heights at which something belongs whose middle is at `middle` px. */
export function placeAt(tops, heights, from, middle) {
  return tops.filter((top, place) => place !== from && top + heights[place] / 2 < middle).length;
}

function step(list, row, by) {
  const rows = [...list.children];
  const from = rows.indexOf(row);
  const to = Math.max(0, Math.min(rows.length - 1, from + by));
  if (to !== from) put(list, row, to);
  return to !== from;
}

function put(list, row, place) {
  const rest = [...list.children].filter((one) => one !== row);
  list.insertBefore(row, rest[place] ?? null);
}

/** One drag. The rows stay where they are in the document until it ends: a node that moves loses the pointer. */
class Drag {
  #list;
  #rows;
  #tops;
  #heights;
  #from;
  #place;
  #start;

  constructor(list, row, y) {
    this.row = row;
    this.#list = list;
    this.#rows = [...list.children];
    this.#tops = this.#rows.map((one) => one.offsetTop);
    this.#heights = this.#rows.map((one) => one.offsetHeight);
    this.#from = this.#place = this.#rows.indexOf(row);
    this.#start = y + scrollY;
    row.classList.add('is-dragged');
  }

  to(y) {
    const edge = y < EDGE ? -SPEED : y > innerHeight - EDGE ? SPEED : 0;
    if (edge) scrollBy({ top: edge, behavior: 'instant' });
    const by = y + scrollY - this.#start;
    this.row.style.transform = `translateY(${by}px)`;
    const middle = this.#tops[this.#from] + this.#heights[this.#from] / 2 + by;
    this.#show(placeAt(this.#tops, this.#heights, this.#from, middle));
  }

  /** Ends it; whether the row has another place now. */
  end(drop) {
    for (const row of this.#rows) row.style.transform = '';
    this.row.classList.remove('is-dragged');
    if (!drop || this.#place === this.#from) return false;
    put(this.#list, this.row, this.#place);
    return true;
  }

  // The others make way.
  #show(place) {
    if (place === this.#place) return;
    this.#place = place;
    const gap = this.#heights[this.#from];
    this.#rows.forEach((row, index) => {
      if (row === this.row) return;
      const down = index < this.#from && index >= place;
      const up = index > this.#from && index <= place;
      row.style.transform = down ? `translateY(${gap}px)` : up ? `translateY(${-gap}px)` : '';
    });
  }
}
