/** The lines of the chat: drawn by key, so that a line that stays keeps its element, its focus and its place. */
import { Emitter, listen } from '../../emitter.js';
import { arrange } from './arrange.js';
import { elementOf, fillLine } from './item.js';
import { Scroll } from './scroll.js';

const FLASH = 1600; // ms
const STEPS = { ArrowUp: 'previousElementSibling', ArrowDown: 'nextElementSibling' };
const FAR = 400; // px from the end at which a way back is offered
const HERE = '[data-act]';

/**
 * Events: 'moved' (the end was reached or left), 'top' (older messages are wanted), and what is pressed in a line:
 * 'reply' 'edit' 'delete' {n}, 'react' {n, button}, 'mark' {n, emoji, on}, 'seek' {seconds}, 'retry' 'remove' {id}.
 */
export class List extends Emitter {
  #log = document.getElementById('chat-log');
  #list = document.getElementById('chat-list');
  #empty = document.getElementById('chat-empty');
  #unread = document.getElementById('chat-unread');
  #scroll = new Scroll(this.#log, this.#list);
  #drawn = new Map(); // key → {line, node}
  #room = null;

  /** Whether the newest line is in view. */
  get atEnd() {
    return this.#scroll.atEnd;
  }

  /** Listens to the list; returns the undo. */
  bind() {
    const undo = [
      this.#scroll.bind(),
      this.#scroll.on('moved', () => this.emit('moved')),
      this.#scroll.on('top', () => this.emit('top')),
      listen(this.#list, 'click', (event) => this.#clicked(event)),
      listen(this.#log, 'keydown', (event) => this.#key(event)),
      listen(this.#list, 'focusin', ({ target }) => this.#reach(target.closest('.message'), 0)),
      listen(this.#list, 'focusout', ({ target }) => this.#reach(target.closest('.message'), -1)),
      listen(this.#unread, 'click', () => this.#toNew()),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Draws lines; `room` is what an element needs to know around them, a new object when that has changed. */
  draw(lines, room, { quiet, blank }) {
    const all = room !== this.#room;
    this.#room = room;
    this.#log.ariaLive = quiet ? 'off' : 'polite'; // a screen reader shall not read out a hundred old messages
    this.#scroll.keep(() => {
      this.#empty.hidden = !blank;
      this.#place(lines, all);
    });
  }

  /** Shows how many messages are unread. */
  count(unread) {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    const isFar = scrollHeight - scrollTop - clientHeight > FAR;
    this.#unread.hidden = this.atEnd || !(unread || isFar);
    this.#unread.classList.toggle('btn-main', unread > 0);
    this.#unread.classList.toggle('btn-quiet', unread === 0);
    this.#unread.textContent = unread ? `${unread} new message${unread === 1 ? '' : 's'} ↓` : 'To the newest ↓';
  }

  /** Goes to the newest line. */
  toEnd() {
    this.#scroll.toEnd();
  }

  #place(lines, all) {
    const keys = new Set(lines.map(({ key }) => key));
    for (const [key, { node }] of this.#drawn) if (!keys.has(key)) this.#remove(key, node);
    arrange(this.#list, lines.map((line) => this.#node(line, all)));
  }

  #node(line, all) {
    const known = this.#drawn.get(line.key);
    const node = known?.node ?? elementOf(line);
    if (all || !known || !isSame(known.line, line)) fillLine(node, line, this.#room);
    this.#drawn.set(line.key, { line, node });
    return node;
  }

  #remove(key, node) {
    const hadFocus = node.contains(document.activeElement);
    node.remove();
    this.#drawn.delete(key);
    if (hadFocus) this.#log.focus({ preventScroll: true });
  }

  #clicked({ target }) {
    const message = target.closest('.message');
    if (!message) return;
    const button = target.closest(HERE);
    if (!button) return this.#open(target.closest('a') ? null : message);
    this.#act(button, message);
  }

  /** On a touch screen the tools of one message are out, after a tap on it. */
  #open(message) {
    for (const one of this.#list.querySelectorAll('.is-open')) if (one !== message) one.classList.remove('is-open');
    message?.classList.toggle('is-open');
  }

  #act(button, message) {
    const { act, n, emoji, seconds } = button.dataset;
    const number = Number(message.dataset.n);
    if (act === 'seek') return this.emit('seek', { seconds: Number(seconds) });
    if (act === 'jump') return this.#jump(n);
    if (act === 'mark') return this.emit('mark', { n: number, emoji, on: button.ariaPressed !== 'true' });
    if (act === 'react') return this.emit('react', { n: number, button });
    if (act === 'retry' || act === 'remove') return this.emit(act, { id: message.dataset.id });
    if (act === 'delete' || act === 'keep') return this.#ask(message, act === 'delete');
    message.classList.remove('is-open');
    this.#ask(message, false);
    this.emit(act === 'yes' ? 'delete' : act, { n: number });
  }

  #ask(message, on) {
    const [ask, button] = [message.querySelector('.message-ask'), message.querySelector('[data-act=delete]')];
    if (ask.hidden === !on) return;
    ask.hidden = !on;
    message.classList.toggle('is-asking', on);
    (on ? message.querySelector('[data-act=keep]') : button).focus();
  }

  #key(event) {
    const message = event.target.closest('.message');
    if (event.key === 'Escape' && message) {
      this.#ask(message, false);
      return;
    }
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = message ? neighbour(message, step) : this.#lastSeen();
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /** Only the message with the focus has its buttons in the tab order: from the list to the field is one Tab. */
  #reach(message, tabIndex) {
    for (const button of message?.querySelectorAll(HERE) ?? []) button.tabIndex = tabIndex;
  }

  #lastSeen() {
    const { bottom } = this.#log.getBoundingClientRect();
    return [...this.#list.querySelectorAll('.message')].findLast((one) => one.getBoundingClientRect().top < bottom - 8);
  }

  #jump(n) {
    const message = this.#list.querySelector(`.message[data-n="${CSS.escape(n)}"]`);
    if (!message) return;
    message.scrollIntoView({ block: 'center' });
    message.focus({ preventScroll: true });
    message.classList.add('is-found');
    setTimeout(() => message.classList.remove('is-found'), FLASH);
  }

  #toNew() {
    const line = this.#drawn.get('unread')?.node;
    if (line) line.scrollIntoView({ block: 'start' });
    else this.toEnd();
    this.#log.focus({ preventScroll: true });
  }
}

function neighbour(message, step) {
  let next = message[step];
  while (next && !next.matches('.message')) next = next[step];
  return next;
}

function isSame(a, b) {
  return Object.keys(b).every((name) => a[name] === b[name]) && Object.keys(a).length === Object.keys(b).length;
}
