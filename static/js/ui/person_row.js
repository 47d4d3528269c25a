/** One person's row in the list: changes only what has changed. */
import { marksOf } from '../state/standing.js';
import { avatarOf } from './avatar.js';
import { stateText } from './company_words.js';

export class PersonRow {
  #look = null;

  /** The <li>; and the person that it shows. */
  element = document.getElementById('person').content.firstElementChild.cloneNode(true);
  person = null;

  constructor(id) {
    this.element.dataset.user = id;
  }

  /** Shows a person as they stand in the company; `open`: whether I may do something with them. */
  render(person, company, open) {
    this.person = person;
    this.#draw(person);
    this.#say(person);
    const marks = new Set(marksOf(person.id, company));
    for (const mark of this.element.querySelectorAll('[data-mark]')) {
      mark.toggleAttribute('hidden', !marks.has(mark.dataset.mark)); // SVG has no `hidden` property
    }
    this.element.querySelector('.person-open').hidden = !open;
  }

  #draw({ id, name, color }) {
    const look = JSON.stringify([name, color]);
    if (look === this.#look) return;
    this.#look = look;
    this.element.querySelector('.person-face').replaceChildren(avatarOf({ id, name, color }));
    this.element.querySelector('.person-name').textContent = name;
    this.element.querySelector('.person-open').ariaLabel = `Options for ${name}`;
  }

  #say(person) {
    const [words, tone] = stateText(person);
    const place = this.element.querySelector('[data-words]');
    if (place.textContent !== words) place.textContent = words;
    this.element.querySelector('.person-state').dataset.tone = tone;
    this.element.toggleAttribute('data-away', tone === 'off');
  }
}
