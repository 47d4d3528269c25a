/** For those who moderate: who is kept out, who is muted, clearing the chat, and what happened in the room. */
import { listen } from '../emitter.js';
import { eventParts } from './chat/events.js';
import { timeText } from './company_words.js';
import { question } from './question.js';
import { reasonText } from './reasons.js';
import { fillList, rowOf } from './records.js';
import { fill } from './sentence.js';

const CLEAR = { text: 'Clear the chat for everyone?', yes: 'Clear it', no: 'Keep it' };

export class Moderation {
  #place = document.getElementById('moderation');
  #clear = document.getElementById('clear');
  #restore = document.getElementById('restore');
  #note = document.getElementById('moderation-note');
  #manage;
  #now;

  /** `manage` takes a kind and fields, and returns a promise of {ok, reason, wait}; `now` returns server ms. */
  constructor(manage, now) {
    this.#manage = manage;
    this.#now = now;
  }

  /** Listens to its buttons; returns the undo. */
  bind() {
    const undo = [
      listen(this.#clear, 'click', async () => (await question(this.#clear, CLEAR)) && this.#do('clear')),
      listen(this.#restore, 'click', () => this.#do('restore')),
      listen(this.#place, 'click', ({ target }) => this.#pressed(target.closest('[data-kind]'))),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Shows it to those who may moderate. */
  allow(may) {
    this.#place.hidden = !may;
  }

  /** Shows the answer to `list`. */
  render({ bans = [], muted = [], log = [], cleared = false }) {
    this.#fill('ban', bans, (ban) => this.#ban(ban));
    this.#fill('muted', muted, ({ id, name }) => act(rowOf('record-row', { name }), 'unmute', id, 'Unmute', name));
    const known = log.filter((item) => eventParts(item).length > 0); // a newer server may tell more
    this.#fill('log', known.reverse(), (item) => this.#item(item));
    this.#restore.hidden = !cleared;
  }

  #fill(name, records, draw) {
    fillList(document.getElementById(`${name}-list`), document.getElementById(`${name}-none`), records, draw);
  }

  #ban({ id, name, kind, by, t, until }) {
    const now = this.#now();
    const what = kind === 'kick' ? 'Removed' : 'Banned';
    const end = until === null ? 'for good' : `until ${timeText(until, now)}`;
    const row = rowOf('record-row', { name });
    fill(row.querySelector('[data-part=state]'), [`${what} by `, { name: by }, `, ${timeText(t, now)}, ${end}`]);
    return act(row, 'lift', id, 'Let in again', name);
  }

  #item(item) {
    const [line, time, text] = ['li', 'time', 'span'].map((name) => document.createElement(name));
    time.textContent = timeText(item.t, this.#now());
    time.dateTime = new Date(item.t).toISOString();
    fill(text, withActor(item));
    line.append(time, text);
    return line;
  }

  #pressed(button) {
    if (button?.dataset.kind === 'lift') this.#do('lift', { ban: button.dataset.key });
    if (button?.dataset.kind === 'unmute') this.#do('mute', { user: Number(button.dataset.key), on: false });
  }

  async #do(kind, fields) {
    const { ok, reason, wait } = await this.#manage(kind, fields);
    this.#note.textContent = ok ? '' : reasonText(reason, wait);
    this.#note.dataset.tone = 'bad';
  }
}

/** The chat tells who did it only where that is the news; a log tells always. */
function withActor(item) {
  const parts = eventParts(item);
  const told = !item.by || parts.some((part) => part.id === item.by.id);
  return told ? parts : [...parts, ' (by ', item.by, ')'];
}

function act(row, kind, key, text, name) {
  const button = row.querySelector('button');
  Object.assign(button.dataset, { kind, key });
  button.textContent = text;
  button.title = name;
  return row;
}
