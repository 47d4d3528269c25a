/** The rules of the room: fields for those who may change them, sentences for everyone else. */
import { listen } from '../emitter.js';
import { factText, standingText } from './company_words.js';
import { reasonText } from './reasons.js';

const SAID = 2500; // ms that "Saved" stands
const UNTOLD = new Set(['seconds', 'check']); // the one is told with `wait`, the other is no rule
const NUMBERS = new Set(['slow', 'seconds']);

export class Rules {
  #form = document.getElementById('rules');
  #facts = document.getElementById('facts');
  #standing = document.getElementById('rules-standing');
  #settings = [...this.#form.querySelectorAll('.setting')];
  #manage;
  #rules = null;
  #saving = new Set();

  /** `manage` takes a kind and fields, and returns a promise of {ok, reason, wait}. */
  constructor(manage) {
    this.#manage = manage;
  }

  /** Listens to its fields; returns the undo. */
  bind() {
    const undo = [
      listen(this.#form, 'change', ({ target }) => this.#changed(target)),
      listen(this.#form, 'submit', (event) => event.preventDefault()),
      listen(document.getElementById('ready-check'), 'click', () => this.#check()),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Shows the rules as someone sees them who is `you` (message of the server), `acting` as host or not. */
  render({ rules, you, acting }) {
    if (!rules || !you) return;
    this.#rules = rules;
    const standing = standingText(you, acting);
    this.#standing.hidden = standing === null;
    this.#standing.textContent = standing ?? '';
    for (const setting of this.#settings) setting.hidden = !you.may.includes(setting.dataset.needs);
    for (const { dataset } of this.#settings) if (!this.#saving.has(dataset.field)) this.#put(dataset.field);
    this.#setting('seconds').hidden ||= rules.wait !== 'some';
    this.#form.hidden = this.#settings.every(({ hidden }) => hidden);
    this.#tell();
  }

  /** What I may not change, I read. */
  #tell() {
    const read = this.#settings.filter(({ hidden, dataset }) => hidden && !UNTOLD.has(dataset.field));
    const items = read.map(({ dataset }) => {
      const item = document.createElement('li');
      item.textContent = factText(dataset.field, this.#rules);
      return item;
    });
    this.#facts.replaceChildren(...items);
    this.#facts.hidden = items.length === 0;
  }

  #put(field) {
    const control = this.#form.elements[field];
    if (!control) return;
    const value = this.#rules[field];
    if (control.type === 'checkbox') control.checked = value;
    else if (field === 'slow') choose(control, value);
    else control.value = value;
    if (field === 'seconds') this.#form.elements.wait.options[1].textContent = `Up to ${value} seconds`;
  }

  #changed(control) {
    if (!control.checkValidity()) return this.#takeBack(control);
    const value = control.type === 'checkbox' ? control.checked : control.value;
    this.#set(control.name, NUMBERS.has(control.name) ? Number(value) : value);
  }

  async #set(field, value) {
    this.#saving.add(field);
    this.#note(field, 'Saving…');
    const { ok, reason, wait } = await this.#manage('set', { field, value });
    this.#saving.delete(field);
    this.#note(field, ok ? 'Saved' : reasonText(reason, wait), ok);
    if (!ok) this.#put(field);
  }

  #takeBack({ name, min, max }) {
    this.#put(name);
    this.#note(name, `A whole number from ${min} to ${max}.`, false);
  }

  async #check() {
    const { ok, reason, wait } = await this.#manage('check');
    this.#note('check', ok ? 'Asked' : reasonText(reason, wait), ok);
  }

  #note(field, text, ok = null) {
    const note = this.#setting(field).querySelector('.setting-note');
    note.textContent = text;
    note.dataset.tone = { true: 'good', false: 'bad' }[ok] ?? '';
    if (ok) setTimeout(() => note.textContent === text && (note.textContent = ''), SAID);
  }

  #setting(field) {
    return this.#settings.find(({ dataset }) => dataset.field === field);
  }
}

/** Chooses a number of a select, which may be one that the page does not offer. */
function choose(select, value) {
  select.value = value;
  if (select.value === String(value)) return;
  select.add(new Option(`${value} seconds`, value));
  select.value = value;
}
