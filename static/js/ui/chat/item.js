/** One line of the chat as an element: made from a template of the page, and filled again whenever its line changes. */
import { avatarOf } from '../avatar.js';
import { reasonText } from '../reasons.js';
import { fill } from '../sentence.js';
import { clockText } from '../words.js';
import { arrange } from './arrange.js';
import { eventParts } from './events.js';
import { tokens } from './text.js';

const TEMPLATES = { message: 'chat-message', pending: 'chat-pending', event: 'chat-event', day: 'chat-day', unread: 'chat-unread-line' };
const GONE = { own: 'Message deleted', mod: 'Deleted by a moderator' };
const FILL = {
  message: fillMessage,
  pending: fillPending,
  event: fillEvent,
  day: (node, { t }) => void (node.firstElementChild.textContent = dayText(t)),
  unread: () => {},
};

/** Returns a new element for a line. */
export function elementOf({ kind }) {
  return document.getElementById(TEMPLATES[kind]).content.firstElementChild.cloneNode(true);
}

/**
 * Fills the element of a line. The room around it: `me` {id, name, color}; `may` (a word) returns whether I may;
 * `nameOf` (an id) returns a name or null.
 */
export function fillLine(node, line, room) {
  FILL[line.kind](node, line, room);
}

function fillMessage(node, line, room) {
  const { item, head, quoted } = line;
  node.dataset.n = item.n;
  const isForMe = (item.at?.includes(room.me.id) || quoted?.user === room.me.id) && item.user !== room.me.id;
  mark(node, { 'has-head': head && !item.me, 'is-action': item.me, 'is-gone': item.gone, 'is-for-me': isForMe });
  fillPerson(node, item, head && !item.me);
  fillTimes(node, item);
  fillQuote(node, item.gone ? undefined : quoted, item.re);
  fillText(part(node, 'text'), item, room);
  fillMarks(part(node, 'marks'), item, room);
  fillTools(node, item, room);
}

function fillPending(node, { message, head, quoted }, { me }) {
  const { text, reason, wait, id, re } = message;
  node.dataset.id = id;
  mark(node, { 'has-head': head, 'is-failed': reason });
  fillPerson(node, { ...me, user: me.id }, head);
  fillQuote(node, quoted, re);
  part(node, 'text').textContent = text;
  part(node, 'fate').textContent = reason ? `Not sent. ${reasonText(reason, wait)}` : 'Waiting to be sent…';
  part(node, 'ways').hidden = !reason;
}

function fillEvent(node, { t, event }) {
  const parts = eventParts(event);
  node.hidden = !parts.length;
  node.title = new Date(t).toLocaleString();
  fill(node, parts);
}

function fillPerson(node, { user, name, color }, head) {
  node.dataset.color = color;
  part(node, 'head').hidden = !head;
  part(node, 'name').textContent = name;
  part(node, 'face').replaceChildren(...(head ? [avatarOf({ id: user, name, color })] : []));
}

function fillTimes(node, { t, pos }) {
  const time = part(node, 'time');
  time.dateTime = new Date(t).toISOString();
  time.title = new Date(t).toLocaleString();
  time.textContent = new Date(t).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });
  const link = part(node, 'pos');
  link.hidden = pos === null || pos === undefined;
  if (link.hidden) return;
  link.dataset.seconds = pos;
  link.textContent = clockText(pos);
  link.ariaLabel = link.title = `Go to ${clockText(pos)}`;
}

/** `quoted`: undefined where it answers nothing, null where the answered message is not here. */
function fillQuote(node, quoted, re) {
  const quote = part(node, 'quote');
  quote.hidden = quoted === undefined;
  quote.disabled = !quoted;
  quote.dataset.n = re ?? '';
  if (quote.hidden) return;
  if (!quoted) fill(quote, ['an earlier message']);
  else fill(quote, quoted.gone ? ['deleted message'] : [{ name: quoted.name, color: quoted.color }, ` ${quoted.text}`]);
}

function fillText(place, item, { me, nameOf }) {
  if (item.gone) return place.replaceChildren(GONE[item.gone] ?? GONE.own);
  const people = (item.at ?? []).map((id) => ({ id, name: nameOf(id) })).filter(({ name }) => name);
  const words = tokens(item.text, people).map((token) => TOKENS[token.kind](token, me));
  if (item.me) words.unshift(named(item), ' ');
  if (item.edited) words.push(' ', labelled('small', 'message-edited', '(edited)'));
  return place.replaceChildren(...words);
}

const TOKENS = {
  text: ({ text }) => text,
  link: ({ text, href }) => {
    const link = labelled('a', '', text);
    return Object.assign(link, { href, title: href, target: '_blank', rel: 'noopener noreferrer nofollow' });
  },
  time: ({ text, seconds }) => {
    const button = labelled('button', 'message-at', text);
    Object.assign(button, { type: 'button', title: `Go to ${text}`, tabIndex: -1 }).dataset.act = 'seek';
    button.dataset.seconds = seconds;
    return button;
  },
  mention: ({ text, ids }, me) => labelled('bdi', ids.includes(me.id) ? 'message-mention is-me' : 'message-mention', text),
};

/** Buttons of reactions stay the same elements: who just pressed one keeps the focus on it. */
function fillMarks(place, { n, gone, marks = {} }, { me, may, nameOf }) {
  const given = gone ? [] : Object.entries(marks).filter(([, users]) => users.length);
  const old = new Map(Array.from(place.children, (button) => [button.dataset.emoji, button]));
  arrange(place, given.map(([emoji, users]) => {
    const button = old.get(emoji) ?? Object.assign(labelled('button', 'mark', ''), { tabIndex: -1 });
    Object.assign(button.dataset, { act: 'mark', emoji, n });
    Object.assign(button, { type: 'button', disabled: !may('chat'), ariaPressed: String(users.includes(me.id)) });
    button.title = users.map((id) => (id === me.id ? 'you' : nameOf(id) ?? 'somebody')).join(', ');
    if (button.textContent !== `${emoji} ${users.length}`) button.textContent = `${emoji} ${users.length}`;
    return button;
  }));
}

function fillTools(node, { user, gone }, { me, may }) {
  const isMine = user === me.id;
  const shown = { react: may('chat'), reply: may('chat'), edit: isMine && may('chat'), delete: isMine || may('moderate') };
  for (const [name, is] of Object.entries(shown)) node.querySelector(`[data-act=${name}]`).hidden = !is;
  part(node, 'tools').hidden = Boolean(gone) || !Object.values(shown).some(Boolean);
  if (gone) part(node, 'ask').hidden = true;
}

function dayText(t) {
  const year = new Date(t).getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return new Date(t).toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long', year });
}

function mark(node, classes) {
  for (const [name, on] of Object.entries(classes)) node.classList.toggle(name, Boolean(on));
}

function named({ name, color }) {
  const who = labelled('bdi', 'message-name', name);
  who.dataset.color = color;
  return who;
}

function labelled(tag, className, text) {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

const part = (node, name) => node.querySelector(`.message-${name}`);
