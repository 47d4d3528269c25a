/** Who is here: one row a person, kept in place while they change; in a large room the others on demand. */
import { Emitter, listen } from '../emitter.js';
import { choicesFor, inOrder } from '../state/standing.js';
import { PersonRow } from './person_row.js';

/** Events: 'menu' {person, button}, 'crowd' {from} for a page of everyone. */
export class People extends Emitter {
  #list = document.getElementById('people-list');
  #count = document.getElementById('people-count');
  #more = document.getElementById('people-more');
  #alone = document.getElementById('people-alone');
  #none = document.getElementById('people-none');
  #all = document.getElementById('people-all');
  #find = document.getElementById('people-find');
  #search = document.getElementById('people-search');
  #said = document.getElementById('people-said');
  #rows = new Map();
  #company = null;

  /** Listens to its buttons; returns the undo. */
  bind() {
    const undo = [
      listen(this.#all, 'click', () => this.emit('crowd', { from: this.#company.crowd?.next ?? 0 })),
      listen(this.#search, 'input', () => this.#render()),
      listen(this.#list, 'click', (event) => this.#clicked(event)),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Shows a company: what state/company.js keeps, with `me` and `owner` (user ids). */
  render(company) {
    this.#company = company;
    this.#render();
  }

  /** Says why something did not work; '' says nothing any more. */
  say(text) {
    this.#said.textContent = text;
  }

  #render() {
    const { people, count, crowd } = this.#company;
    const known = crowd ? new Map([...crowd.people, ...people]) : people; // whoever is named live, is told live
    const shown = inOrder(known.values(), this.#company).filter(({ name }) => this.#sought(name));
    this.#place(shown);
    const left = Math.max(0, count - known.size);
    this.#count.textContent = count || '';
    this.#find.hidden = !crowd;
    this.#none.hidden = shown.length > 0 || !crowd;
    this.#alone.hidden = count !== 1;
    this.#more.hidden = left === 0;
    this.#more.textContent = `and ${left} more`;
    this.#all.hidden = crowd ? crowd.next === null : left === 0;
    this.#all.textContent = crowd ? 'Show more' : 'Show everyone';
  }

  #sought(name) {
    const text = this.#company.crowd ? this.#search.value.trim().toLocaleLowerCase() : '';
    return name.toLocaleLowerCase().includes(text);
  }

  /** Rows stay the same elements, so that a focus or an open menu on one outlives the news of another. */
  #place(shown) {
    const ids = new Set(shown.map(({ id }) => id));
    for (const [id, row] of this.#rows) if (!ids.has(id)) this.#remove(id, row);
    let place = this.#list.firstElementChild;
    for (const person of shown) {
      const { element } = this.#row(person);
      if (element === place) place = place.nextElementSibling;
      else this.#list.insertBefore(element, place);
    }
  }

  #row(person) {
    const row = this.#rows.get(person.id) ?? new PersonRow(person.id);
    this.#rows.set(person.id, row);
    row.render(person, this.#company, choicesFor(person.id, this.#company).length > 0);
    return row;
  }

  #remove(id, row) {
    row.element.remove();
    this.#rows.delete(id);
  }

  #clicked({ target }) {
    const button = target.closest('.person-open');
    if (!button) return;
    const id = Number(button.closest('.person').dataset.user);
    this.emit('menu', { person: this.#rows.get(id).person, button });
  }
}
