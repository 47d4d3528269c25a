/** A dialog that adds to the queue from my library: whole playlists, liked videos, those for later. */
import { listen } from '../../emitter.js';
import { ask } from '../../library/post.js';
import { reasonText } from '../reasons.js';
import { addedText } from './words.js';

const CALM = 250; // ms after the last letter of a search
const ASKED = 'youtube'; // is searched once the words are whole: each search counts
const NOTHING = {
  youtube: 'Write what you look for, then press Enter.',
  playlists: 'No playlist here. Make one under Playlists, or save this queue as one.',
  liked: 'Nothing liked here yet.',
  later: 'Nothing kept for later here yet.',
};

export class FromLibrary {
  #dialog = document.getElementById('from-library');
  #where = document.getElementById('from-where');
  #search = document.getElementById('from-search');
  #list = document.getElementById('from-list');
  #said = document.getElementById('from-said');
  #add;
  #asked = 0;
  #timer = null;

  /** `add` (kind, fields) sends an act on the queue and resolves to {ok, data, reason, wait}. */
  constructor(add) {
    this.#add = add;
  }

  /** Listens to the dialog; returns the undo. */
  bind() {
    const undo = [
      listen(this.#where, 'change', () => this.#fill()),
      listen(this.#search, 'input', () => this.#where.value !== ASKED && this.#soon()),
      listen(this.#search, 'change', () => this.#where.value === ASKED && this.#fill()),
      listen(this.#list, 'click', ({ target }) => target.closest('button') && this.#chosen(target.closest('button'))),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Opens with what is there now. */
  open() {
    this.#search.value = '';
    this.#said.textContent = '';
    this.#dialog.showModal();
    this.#fill();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fill(), CALM);
  }

  async #fill() {
    const turn = (this.#asked += 1);
    const { value: where, selectedOptions } = this.#where;
    const { ok, body } = await ask(`${selectedOptions[0].dataset.url}?${new URLSearchParams({ q: this.#search.value })}`);
    if (turn !== this.#asked) return; // meanwhile another answer is waited for
    const found = ok ? body.playlists ?? body.videos : [];
    this.#list.replaceChildren(...found.map((one) => rowOf(one, where)));
    if (!ok) this.#said.textContent = body.error;
    else this.#said.textContent = found.length ? (body.more ? 'There are more: search for them.' : '') : NOTHING[where];
  }

  async #chosen(button) {
    const { list, link } = button.dataset;
    button.disabled = true;
    const { ok, data, reason, wait } = list
      ? await this.#add('list', { list, where: 'end' })
      : await this.#add('add', { links: [link], where: 'end' });
    button.disabled = false;
    this.#said.textContent = ok ? data.bad[0]?.[1] ?? addedText(data) : reasonText(reason, wait);
  }
}

function rowOf({ id, name, figures, link, title, length, source }, where) {
  const [row, text, meta, button] = ['li', 'span', 'span', 'button'].map((tag) => document.createElement(tag));
  const called = document.createElement('bdi');
  called.textContent = name ?? title;
  meta.className = 'from-meta';
  meta.textContent = figures ?? [source, length].filter(Boolean).join(' · ');
  text.className = 'from-text';
  text.append(called, meta);
  Object.assign(button, { type: 'button', className: 'btn btn-quiet btn-small', textContent: 'Add' });
  button.ariaLabel = `Add ${called.textContent}`;
  Object.assign(button.dataset, where === 'playlists' ? { list: id } : { link });
  row.className = 'from-row';
  row.append(text, button);
  return row;
}
