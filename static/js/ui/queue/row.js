/** One entry's row in the queue: changes only what has changed. */
import { fill } from '../sentence.js';
import { metaParts } from './words.js';

const part = (element, name) => element.querySelector(`[data-part=${name}]`);

export class Row {
  /** The <li>; and the entry that it shows. */
  element = document.getElementById('queue-row').content.firstElementChild.cloneNode(true);
  entry = null;

  constructor(id) {
    this.element.dataset.id = id;
  }

  /**
   * Shows an entry: `place` from 0, `current` the place of what plays, `voted`: I voted for it,
   * `can` {play, move, vote, more}: what I may do with it.
   */
  render(entry, { place, current, voted, can }) {
    this.entry = entry;
    const { element } = this;
    element.dataset.when = place === current ? 'now' : place < current ? 'played' : 'next';
    element.toggleAttribute('data-fault', Boolean(entry.fault));
    element.ariaCurrent = place === current ? 'true' : null;
    this.#name(entry.title, place);
    fill(part(element, 'meta'), metaParts(entry));
    part(element, 'play').disabled = !can.play;
    part(element, 'handle').hidden = !can.move;
    part(element, 'more').hidden = !can.more;
    this.#vote(entry.votes ?? 0, voted, can.vote);
  }

  #name(title, place) {
    const { element } = this;
    part(element, 'place').textContent = place + 1;
    const text = part(element, 'title');
    if (text.textContent === title) return;
    text.textContent = title;
    part(element, 'handle').ariaLabel = `Move ${title}`;
    part(element, 'more').ariaLabel = `Options for ${title}`;
  }

  #vote(votes, voted, can) {
    const button = part(this.element, 'vote');
    button.hidden = !can;
    button.ariaPressed = String(voted);
    button.ariaLabel = `Vote for ${this.entry.title}, ${votes} so far`;
    part(this.element, 'votes').textContent = votes;
  }
}
