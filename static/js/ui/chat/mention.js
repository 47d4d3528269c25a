/** @Name while one types: who could be meant (pure), and the list to choose from. */
import { Emitter, listen } from '../../emitter.js';
import { avatarOf } from '../avatar.js';

const MOST = 6; // people offered
const BEGUN = /(?<![\p{L}\p{N}_])@([^@\n]{0,40})$/u;
const MOVES = { ArrowDown: 1, ArrowUp: -1 };

/** Returns {start, people}: where the @ before the caret is, and who may be meant by what follows it; or null. */
export function candidates(text, caret, people) {
  const begun = text.slice(0, caret).match(BEGUN);
  if (!begun) return null;
  const query = plain(begun[1]);
  const found = people.map((person) => [rank(plain(person.name), query), person]).filter(([place]) => place >= 0);
  found.sort(([a, one], [b, other]) => a - b || one.name.localeCompare(other.name));
  return found.length ? { start: begun.index, people: found.slice(0, MOST).map(([, person]) => person) } : null;
}

/** Returns {text, caret} with a name in the place of what was typed from `start` to `caret`. */
export function completed(text, start, caret, name) {
  const before = `${text.slice(0, start)}@${name} `;
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length };
}

/** Returns 0 for a name that begins so, 1 for one of its other words, -1 for none. */
function rank(name, query) {
  if (name.startsWith(query)) return 0;
  return name.split(/\s+/).some((word) => word.startsWith(query)) ? 1 : -1;
}

// Without accents and case: "@jose" finds José.
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Event: 'chosen' {text, caret}, what the field says then. */
export class Mentions extends Emitter {
  #list = document.getElementById('mentions');
  #option = document.getElementById('chat-option');
  #field;
  #found = null;
  #at = 0;

  /** People who may be mentioned: {id, name, color}. */
  people = [];

  /** `field` is the textarea. */
  constructor(field) {
    super();
    this.#field = field;
  }

  /** Listens to the list; returns the undo. */
  bind() {
    const undo = [
      listen(this.#list, 'pointerdown', (event) => event.preventDefault()), // the field keeps the focus
      listen(this.#list, 'click', ({ target }) => this.#choose([...this.#list.children].indexOf(target.closest('li')))),
      listen(this.#field, 'blur', () => this.close()),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Looks at what is typed. */
  look() {
    const { value, selectionStart: caret, selectionEnd } = this.#field;
    this.#found = caret === selectionEnd ? candidates(value, caret, this.people) : null;
    this.#at = 0;
    this.#list.replaceChildren(...(this.#found?.people ?? []).map((person, index) => this.#row(person, index)));
    this.#show();
  }

  /** Takes a key press; returns whether it was meant for the list. */
  key({ key }) {
    if (!this.#found) return false;
    if (key === 'Escape') return this.close();
    if (key === 'Enter' || key === 'Tab') return this.#choose(this.#at);
    if (!(key in MOVES)) return false;
    const { length } = this.#found.people;
    this.#at = (this.#at + MOVES[key] + length) % length;
    return this.#show();
  }

  /** Closes the list. */
  close() {
    this.#found = null;
    return this.#show();
  }

  #choose(index) {
    const person = this.#found?.people[index];
    if (!person) return false;
    const { value, selectionStart } = this.#field;
    const chosen = completed(value, this.#found.start, selectionStart, person.name);
    this.close();
    this.emit('chosen', chosen);
    return true;
  }

  #show() {
    this.#list.hidden = !this.#found;
    for (const [index, option] of [...this.#list.children].entries()) option.ariaSelected = String(index === this.#at);
    const active = this.#found && this.#list.children[this.#at];
    if (active) this.#field.setAttribute('aria-activedescendant', active.id);
    else this.#field.removeAttribute('aria-activedescendant');
    active?.scrollIntoView({ block: 'nearest' });
    return true;
  }

  #row(person, index) {
    const row = this.#option.content.firstElementChild.cloneNode(true);
    row.id = `mention-${index}`;
    row.querySelector('.mention-face').append(avatarOf(person));
    row.querySelector('.mention-name').textContent = person.name;
    return row;
  }
}
