/** A small dialog that changes one entry: where it begins, or which video it is. */
import { Emitter, listen } from '../../emitter.js';
import { reasonText } from '../reasons.js';
import { clockText } from '../words.js';
import { secondsOf } from './words.js';

const KINDS = {
  start: {
    title: 'Start at',
    label: 'Time, as 1:30',
    value: ({ start }) => (start ? clockText(start) : ''),
    fields: (text) => ({ start: text ? secondsOf(text) : 0 }),
    wrong: ({ start }) => (Number.isNaN(start) ? 'Write a time as 1:30 or 1:02:03.' : ''),
  },
  replace: {
    title: 'Replace with another video',
    label: 'Link to a video',
    value: () => '',
    fields: (text) => ({ link: text }),
    wrong: ({ link }) => (link ? '' : 'Paste a link to a video first.'),
  },
  save: {
    title: 'Save the queue as a playlist',
    label: 'Name of the playlist',
    value: ({ title }) => title,
    fields: (text) => ({ name: text }),
    wrong: ({ name }) => (name ? '' : 'Give the playlist a name.'),
  },
};

export class Edit extends Emitter {
  #dialog = document.getElementById('queue-edit');
  #form = document.getElementById('queue-edit-form');
  #title = document.getElementById('queue-edit-title');
  #label = document.getElementById('queue-edit-label');
  #field = document.getElementById('queue-edit-field');
  #error = document.getElementById('queue-edit-error');
  #ask;
  #kind = null;
  #entry = null;

  /** `ask` (kind, fields) sends an act on the queue and resolves to {ok, data, reason, wait}. */
  constructor(ask) {
    super();
    this.#ask = ask;
  }

  /** Listens to the form; returns the undo. */
  bind() {
    return listen(this.#form, 'submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** Opens for an act on an entry: start, replace, save (of the whole queue, by the name of `entry`). */
  open(kind, entry) {
    [this.#kind, this.#entry] = [kind, entry];
    const { title, label, value } = KINDS[kind];
    this.#title.textContent = title;
    this.#label.textContent = label;
    this.#field.value = value(entry);
    this.#error.textContent = '';
    this.#dialog.showModal();
    this.#field.select();
  }

  async #submit() {
    const { fields, wrong } = KINDS[this.#kind];
    const wish = fields(this.#field.value.trim());
    this.#error.textContent = wrong(wish);
    if (this.#error.textContent) return;
    const of = this.#kind === 'save' ? {} : { entry: this.#entry.id };
    const { ok, data, reason, wait } = await this.#ask(this.#kind, { ...of, ...wish });
    if (!ok && reason !== 'already') this.#error.textContent = reasonText(reason, wait);
    else this.#done(data);
  }

  #done(data) {
    this.#dialog.close();
    if (this.#kind === 'save') this.emit('saved', data);
  }
}
