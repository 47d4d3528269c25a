/** The field in which a message is written, answered or edited; its draft stays until it has been taken. */
import { Emitter, listen } from '../../emitter.js';
import { Mentions } from './mention.js';
import { mentioned } from './text.js';

const MOST = 500; // characters of a message
const TOLD = 400; // characters from which on the rest is counted
const TYPING = 3000; // ms between two tellings
const MENTIONS = 10; // people whom one message may call
const byId = (name) => document.getElementById(name);

/** Events: 'say' {text, re, at}, 'edit' {n, text}, 'typing', 'last' (my last message is wanted for editing). */
export class Composer extends Emitter {
  #form = byId('composer');
  #field = byId('composer-text');
  #note = byId('composer-note');
  #left = byId('composer-left');
  #about = byId('composer-about');
  #send = this.#form.querySelector('[type=submit]');
  #mentions = new Mentions(this.#field);
  #target = null; // {kind: 'reply' or 'edit', item}
  #draft = ''; // what was being written when an edit began
  #told = -Infinity; // ms, of performance.now()
  #closed = null; // why I may not write

  /** Listens to the field; returns the undo. */
  bind() {
    const undo = [
      this.#mentions.bind(),
      this.#mentions.on('chosen', ({ text, caret }) => this.#write(text, caret)),
      listen(this.#form, 'submit', (event) => this.#submit(event)),
      listen(this.#field, 'keydown', (event) => this.#key(event)),
      listen(this.#field, 'input', () => this.#typed()),
      listen(this.#field, 'click', () => this.#mentions.look()),
      listen(byId('composer-cancel'), 'click', () => this.#leave()),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Who may be mentioned. */
  set people(people) {
    this.#mentions.people = people;
  }

  /** Puts the caret into the field. */
  focus() {
    this.#field.focus();
  }

  /** Answers a message. */
  reply(item) {
    if (this.#target?.kind === 'edit') this.#leave();
    this.#aim({ kind: 'reply', item });
  }

  /** Edits a message of mine; `text` where it was tried before. */
  edit(item, text = item.text) {
    if (this.#target?.kind !== 'edit') this.#draft = this.#field.value;
    this.#aim({ kind: 'edit', item });
    this.#write(text, text.length);
  }

  /** The message was taken: the field is free again. */
  clear() {
    const isEdit = this.#target?.kind === 'edit';
    this.#aim(null);
    this.say('');
    this.#write(isEdit ? this.#draft : '');
    this.#draft = '';
  }

  /** Puts what someone picked where the caret is. */
  insert(text) {
    const { selectionStart, selectionEnd } = this.#field;
    this.#field.focus();
    this.#field.setRangeText(text, selectionStart, selectionEnd, 'end');
    this.#typed();
  }

  /** Says why something was not taken, beside the field. */
  say(text) {
    this.#note.textContent = this.#closed ?? text;
  }

  /** Closes the field for a reason in words; null opens it. */
  close(reason) {
    this.#closed = reason;
    this.#field.disabled = byId('composer-emoji').disabled = reason !== null;
    this.#form.classList.toggle('is-closed', reason !== null);
    this.say('');
    this.#measure();
  }

  #key(event) {
    if (event.isComposing) return;
    const { key, shiftKey } = event;
    const taken = this.#mentions.key(event) || this.#command(key, shiftKey);
    if (taken) event.preventDefault();
    if (taken && key === 'Escape') event.stopPropagation(); // it has ended one thing, and shall not end another
  }

  #command(key, shiftKey) {
    if (key === 'Enter') return shiftKey || this.#take(); // a message is one line: Shift+Enter makes none
    if (key === 'Escape' && this.#target) return this.#leave();
    if (key !== 'ArrowUp' || this.#field.value || this.#target) return false;
    this.emit('last');
    return true;
  }

  #submit(event) {
    event.preventDefault();
    this.#take();
  }

  #take() {
    const text = this.#field.value.trim();
    if (!text || length(text) > MOST || this.#closed !== null) return true;
    const { kind, item } = this.#target ?? {};
    this.#told = -Infinity;
    if (kind === 'edit') this.emit('edit', { n: item.n, text });
    else this.emit('say', { text, re: item?.n ?? null, at: mentioned(text, this.#mentions.people).slice(0, MENTIONS) });
    return true;
  }

  #typed() {
    const { value, selectionStart } = this.#field;
    if (/[\r\n]/.test(value)) return this.#write(value.replace(/\s*[\r\n]+\s*/g, ' '), selectionStart);
    this.say('');
    this.#measure();
    this.#mentions.look();
    this.#tell();
  }

  #tell() {
    const now = performance.now();
    if (!this.#field.value.trim() || this.#target?.kind === 'edit' || now - this.#told < TYPING) return;
    this.#told = now;
    this.emit('typing');
  }

  #write(text, caret = text.length) {
    this.#field.value = text;
    this.#field.setSelectionRange(caret, caret);
    this.#measure();
    this.#mentions.look();
  }

  #measure() {
    const count = length(this.#field.value.trim());
    this.#left.hidden = count < TOLD;
    this.#left.textContent = count > MOST ? `${count - MOST} too many` : `${MOST - count} left`;
    this.#left.classList.toggle('is-over', count > MOST);
    this.#send.disabled = !count || count > MOST || this.#closed !== null;
    this.#field.style.height = 'auto'; // else it would never shrink
    this.#field.style.height = `${this.#field.scrollHeight + this.#field.offsetHeight - this.#field.clientHeight}px`;
  }

  #aim(target) {
    this.#target = target;
    this.#about.hidden = !target;
    if (!target) return;
    const isEdit = target.kind === 'edit';
    byId('composer-what').textContent = isEdit ? 'Editing your message' : `Reply to ${target.item.name}`;
    byId('composer-quote').textContent = isEdit ? '' : target.item.text;
    byId('composer-cancel').ariaLabel = isEdit ? 'Cancel edit' : 'Cancel reply';
    this.focus();
  }

  #leave() {
    const isEdit = this.#target?.kind === 'edit';
    this.#aim(null);
    if (isEdit) this.#write(this.#draft);
    this.focus();
    return true;
  }
}

const length = (text) => [...text].length; // as the server counts: an emoji is not two
