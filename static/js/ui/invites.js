/** Further invites: with a role, an end, a number of uses; and a new main link in the place of the old one. */
import { Emitter, listen } from '../emitter.js';
import { copyField } from './clipboard.js';
import { timeText, usesText } from './company_words.js';
import { question } from './question.js';
import { reasonText } from './reasons.js';
import { fillList, rowOf } from './records.js';

const SAID = 2500; // ms that "Copied" stands
const NAMELESS = 'Give it a name, so that you know it again.';
const REVOKE = { text: 'Nobody comes in by it any more.', yes: 'Revoke it', no: 'Keep it' };
const RENEW = { text: 'Everyone who came by the old link needs the new one.', yes: 'Make a new link', no: 'Keep the old one' };

/** Event: 'renewed' {url} when there is a new main link. */
export class Invites extends Emitter {
  #place = document.getElementById('invites');
  #list = document.getElementById('invite-list');
  #none = document.getElementById('invite-none');
  #form = document.getElementById('invite-form');
  #note = document.getElementById('invite-note');
  #renew = document.getElementById('renew');
  #renewNote = document.getElementById('renew-note');
  #manage;
  #now;

  /** `manage` takes a kind and fields, and returns a promise of {ok, data, reason, wait}; `now` returns server ms. */
  constructor(manage, now) {
    super();
    this.#manage = manage;
    this.#now = now;
  }

  /** Listens to its form and buttons; returns the undo. */
  bind() {
    const undo = [
      listen(this.#form, 'submit', (event) => {
        event.preventDefault();
        this.#create();
      }),
      listen(this.#list, 'click', ({ target }) => this.#pressed(target.closest('[data-act]'))),
      listen(this.#renew, 'click', async () => (await question(this.#renew, RENEW)) && this.#renewed()),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Shows it to those who may invite. */
  allow(may) {
    this.#place.hidden = !may;
  }

  /** Shows the answer to `list`. */
  render({ invites = [] }) {
    const alive = invites.filter(({ revoked }) => !revoked);
    fillList(this.#list, this.#none, alive, (invite) => this.#row(invite));
  }

  #row({ id, name, role, url, until, uses, used }) {
    const over = until !== null && until <= this.#now();
    const end = until === null ? 'never expires' : `${over ? 'expired' : 'until'} ${timeText(until, this.#now())}`;
    const row = rowOf('invite-row', { name, role, state: `${usesText({ uses, used })}, ${end}` });
    const field = row.querySelector('input');
    field.value = whole(url);
    field.ariaLabel = `Link of the invite ${name}`;
    row.querySelector('.record-link').hidden = over;
    row.dataset.invite = id;
    return row;
  }

  #pressed(button) {
    if (button?.dataset.act === 'copy') this.#copy(button);
    if (button?.dataset.act === 'revoke') this.#revoke(button);
  }

  async #copy(button) {
    const copied = await copyField(button.parentElement.querySelector('input'));
    const text = button.querySelector('[data-part=copied]');
    text.textContent = copied ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => (text.textContent = 'Copy'), SAID);
  }

  async #revoke(button) {
    const { invite } = button.closest('.record').dataset;
    if (await question(button, REVOKE)) this.#say(this.#note, await this.#manage('revoke', { invite }), 'Revoked');
  }

  async #create() {
    const { name, role, hours, uses } = this.#form.elements;
    const text = name.value.trim();
    name.ariaInvalid = text ? null : 'true';
    if (!text) {
      name.focus();
      return this.#put(this.#note, NAMELESS, false);
    }
    const fields = { name: text, role: role.value, hours: numberOf(hours), uses: numberOf(uses) };
    const answer = await this.#manage('invite', fields);
    this.#say(this.#note, answer, 'Created. Copy its link above.');
    if (answer.ok) this.#form.reset();
  }

  async #renewed() {
    const answer = await this.#manage('renew');
    this.#say(this.#renewNote, answer, 'There is a new link now.');
    if (!answer.ok) return;
    const url = whole(answer.data.url);
    document.getElementById('invite-link').value = url;
    this.emit('renewed', { url });
  }

  #say(note, { ok, reason, wait }, done) {
    this.#put(note, ok ? done : reasonText(reason, wait), ok);
  }

  #put(note, text, ok) {
    note.textContent = text;
    note.dataset.tone = ok ? 'good' : 'bad';
  }
}

/** A site that was not told its own address names a path only; '' where the link is no longer known. */
const whole = (url) => url && new URL(url, location.href).href;

const numberOf = ({ value }) => (value === '' ? null : Number(value));
