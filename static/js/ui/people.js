/** Who is here: a list with names and colours. */
import { initials } from './words.js';

export class People {
  #list = document.getElementById('people-list');
  #count = document.getElementById('people-count');
  #more = document.getElementById('people-more');
  #alone = document.getElementById('people-alone');
  #row = document.getElementById('person');
  #me;
  #owner;

  /** `me` and `owner` are user ids. */
  constructor(me, owner) {
    this.#me = me;
    this.#owner = owner;
  }

  /** Shows a Map of people by id, and how many there are in all. */
  render({ people, count }) {
    const first = (person) => (person.id === this.#me ? 0 : 1);
    const sorted = [...people.values()].sort((a, b) => first(a) - first(b) || a.name.localeCompare(b.name));
    this.#list.replaceChildren(...sorted.map((person) => this.#person(person)));
    this.#count.textContent = count || '';
    this.#more.hidden = count <= people.size;
    this.#more.textContent = `and ${count - people.size} more`;
    this.#alone.hidden = count !== 1;
  }

  #person({ id, name, color }) {
    const row = this.#row.content.firstElementChild.cloneNode(true);
    const avatar = row.querySelector('.avatar');
    avatar.textContent = initials(name);
    avatar.dataset.color = color;
    row.querySelector('.person-name').textContent = name;
    row.querySelector('[data-mark=you]').hidden = id !== this.#me;
    row.querySelector('[data-mark=owner]').toggleAttribute('hidden', id !== this.#owner); // SVG has no `hidden` property
    return row;
  }
}
