/** The rows of the queue: kept in place while they change, put into another order by hand, each with its menu. */
import { Emitter, listen } from '../../emitter.js';
import { beforeOf, placeOf } from '../../state/queue.js';
import { Menu } from '../menu.js';
import { Reorder } from '../reorder.js';
import { Row } from './row.js';
import { movedText } from './words.js';

/**
 * Events: 'play' {id}, 'vote' {id, on}, 'move' {id, before}, and 'chosen' {kind, entry} of a row's menu: play, next, start,
 * replace, remove, like, later, playlist.
 */
export class List extends Emitter {
  #list = document.getElementById('queue-list');
  #said = document.getElementById('queue-moved');
  #menu = new Menu(document.getElementById('queue-menu'));
  #reorder = new Reorder(this.#list);
  #rows = new Map();
  #shown = null; // what was drawn last, or is to be drawn once a drag is over
  #seen = null; // the entry that was scrolled to

  /** Listens to the rows; returns the undo. */
  bind() {
    const undo = [
      this.#menu.bind(),
      this.#reorder.bind(),
      this.#menu.on('chosen', ({ kind, subject }) => this.emit('chosen', { kind, entry: subject })),
      this.#reorder.on('move', (move) => this.#moved(move)),
      this.#reorder.on('step', ({ id, step }) => this.#step(id, step)),
      this.#reorder.on('settled', () => this.#draw()),
      listen(this.#list, 'click', ({ target }) => this.#pressed(target.closest('button'))),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Shows a queue (state/queue.js) whose entry `current` plays; `can` (entry) returns what I may do with one. */
  render(queue, current, can) {
    this.#shown = { queue, current, can };
    if (!this.#reorder.dragging) this.#draw();
  }

  /** Scrolls to what plays, once for each entry. */
  reveal() {
    const row = this.#rows.get(this.#shown?.current);
    if (!row || this.#seen === row || !row.element.checkVisibility()) return;
    this.#seen = row;
    row.element.scrollIntoView({ block: 'nearest' });
  }

  #draw() {
    const { queue, current, can } = this.#shown;
    const ids = new Set(queue.entries.map(({ id }) => id));
    for (const [id, row] of this.#rows) if (!ids.has(id)) this.#remove(id, row);
    const here = placeOf(queue, current);
    let next = this.#list.firstElementChild;
    queue.entries.forEach((entry, place) => {
      const row = this.#row(entry.id);
      row.render(entry, { place, current: here, voted: queue.voted.has(entry.id), can: can(entry, place - here) });
      if (row.element === next) next = next.nextElementSibling;
      else this.#put(row.element, next);
    });
    this.reveal();
  }

  /** A row that moves loses the focus in it. */
  #put(element, next) {
    const focused = element.contains(document.activeElement) ? document.activeElement : null;
    this.#list.insertBefore(element, next);
    focused?.focus({ preventScroll: true });
  }

  #row(id) {
    const row = this.#rows.get(id) ?? new Row(id);
    this.#rows.set(id, row);
    return row;
  }

  #remove(id, row) {
    row.element.remove();
    this.#rows.delete(id);
  }

  #moved(move) {
    this.emit('move', move);
  }

  #step(id, step) {
    const { queue } = this.#shown;
    const before = beforeOf(queue, id, step);
    if (before === undefined) return;
    this.emit('move', { id, before });
    const others = queue.entries.filter((entry) => entry.id !== id);
    const place = before === null ? others.length : others.findIndex((entry) => entry.id === before);
    this.#said.textContent = movedText(this.#rows.get(id).entry.title, place, queue.entries.length);
  }

  #pressed(button) {
    const row = button && this.#rows.get(button.closest('[data-id]').dataset.id);
    if (!row) return;
    const { id } = row.entry;
    const acts = {
      play: () => this.emit('play', { id }),
      vote: () => this.emit('vote', { id, on: button.ariaPressed !== 'true' }),
      more: () => this.#menu.toggle(row.entry, this.#shown.can(row.entry, this.#ahead(id)).more, button),
    };
    acts[button.dataset.part]?.();
  }

  #ahead(id) {
    const { queue, current } = this.#shown;
    return placeOf(queue, id) - placeOf(queue, current);
  }
}
