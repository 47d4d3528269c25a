/** The chat of the room: hears the server, keeps what was said, and connects the parts that show it. */
import { opId } from '../net/protocol.js';
import { again, dropPending, find, initialChat, older, pend, reduceChat, renewed, retried } from '../state/chat.js';
import { flow } from '../state/flow.js';
import { filmAct, movements, remembered } from '../state/happened.js';
import { Composer } from '../ui/chat/composer.js';
import { List } from '../ui/chat/list.js';
import { Over } from '../ui/chat/over.js';
import { closedText, ruleText, typingParts } from '../ui/chat/words.js';
import { fill } from '../ui/sentence.js';
import { Attention } from './attention.js';
import { Changes } from './changes.js';
import { Reactions } from './reactions.js';

const SOMEBODY = { name: 'Somebody', color: 'sand' };
const SNAPSHOT = { type: 'past', before: null };
const byId = (name) => document.getElementById(name);

export class Talk {
  #composer = new Composer();
  #list = new List();
  #over = new Over();
  #attention;
  #changes;
  #reactions;
  #me;
  #send;
  #seek;
  #now;
  #chat = initialChat;
  #events = [];
  #people = new Map();
  #rules = null;
  #you = null;
  #room; // what a line needs to know around it: a new object when that changes
  #tab = true; // whether the tab of the chat is open
  #quiet = true; // what is drawn next is old: not to be read out
  #frame = null;

  /**
   * `me` {id, name, color}; `send` (a message) returns whether it went; `seek` (seconds) is for everyone;
   * `now` returns the server's time (ms) as far as this page knows it.
   */
  constructor({ me, send, seek, now = Date.now }) {
    this.#me = me;
    this.#send = send;
    this.#seek = seek;
    this.#now = now;
    this.#attention = new Attention(this.#list, me.id, () => this.#look());
    this.#changes = new Changes(send, this.#composer);
    this.#reactions = new Reactions({ send, write: (emoji) => this.#composer.insert(emoji), mark: (mark) => this.#changes.mark(mark) });
    this.#around();
  }

  #HEARD = {
    chat: (message, before) => this.#arrived(before),
    msg: ({ item }, before) => this.#news(item, before),
    past: () => (this.#quiet = true),
    rules: (rules) => this.#limit({ rules }),
    you: (you) => this.standing(you),
    float: ({ items }) => this.#float(items),
    done: (message) => this.#changes.hear(message),
    refused: (message) => this.#changes.hear(message),
  };

  #INTENTS = [
    [this.#composer, 'say', (message) => this.#say(message)],
    [this.#composer, 'edit', (message) => this.#edit(message)],
    [this.#composer, 'typing', () => this.#send({ type: 'typing' })],
    [this.#composer, 'last', () => this.#editLast()],
    [this.#list, 'reply', ({ n }) => this.#composer.reply(find(this.#chat, n))],
    [this.#list, 'edit', ({ n }) => this.#composer.edit(find(this.#chat, n))],
    [this.#list, 'delete', ({ n }) => this.#changes.remove(n)],
    [this.#list, 'mark', (mark) => this.#changes.mark(mark)],
    [this.#list, 'react', (wish) => this.#reactions.choose(wish)],
    [this.#list, 'seek', ({ seconds }) => this.#seek(seconds)],
    [this.#list, 'retry', ({ id }) => this.#retry(id)],
    [this.#list, 'remove', ({ id }) => this.#remove(id)],
    [this.#list, 'top', () => this.#older()],
  ];

  /** Listens to its parts; returns the undo. */
  bind() {
    const undo = [
      ...[this.#composer, this.#list, this.#over, this.#reactions].map((part) => part.bind()),
      ...this.#INTENTS.map(([part, name, fn]) => part.on(name, fn)),
      this.#over.on('changed', () => this.visible(this.#tab)),
      this.#attention.bind(() => this.#composer.say('Your browser blocks notifications of this site.')),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Takes any message of the server. */
  hear(message) {
    const before = this.#chat;
    const { chat, ask } = reduceChat(before, message);
    this.#chat = chat;
    if (ask) this.#send(SNAPSHOT);
    this.#HEARD[message.type]?.(message, before);
    if (chat !== before) this.#look();
  }

  /** There is a new line: its snapshot is on its way, and after it goes what was not confirmed. */
  opened() {
    this.#chat = renewed(this.#chat);
    this.#changes.opened();
  }

  /** Takes the roster: Maps of people by id, now and before. */
  people(people, before) {
    this.#people = people;
    this.#composer.people = [...people.values()].filter(({ id }) => id !== this.#me.id);
    const me = people.get(this.#me.id);
    if (me && (me.name !== this.#me.name || me.color !== this.#me.color)) this.#around(me);
    this.#happened(movements(people, before, this.#me.id, this.#latest()));
  }

  /** Takes a new state of the film; `person` {id, name, color} made it (null: the room), `title` is what plays now. */
  act(before, vector, person, title) {
    if (before && before.epoch !== vector.epoch) this.#lost();
    const event = filmAct(before, vector, person, title);
    if (event) this.#happened([event]);
  }

  /** Takes the `you` message: what I may do here. */
  standing(you) {
    this.#limit({ you });
    this.#around();
    this.#show();
  }

  /** Puts the caret into the field; after the name of a `person` {name}, if one is given. */
  focus(person = null) {
    this.#over.show();
    if (person) this.#composer.insert(`@${person.name} `);
    else this.#composer.focus();
  }

  /** Whether the tab of the chat is open. */
  visible(tab) {
    this.#tab = tab;
    this.#attention.visible(tab && !this.#over.isOff);
  }

  /** After the first snapshot of a line goes what was not confirmed on the last one. */
  #arrived(before) {
    this.#quiet = true;
    if (before.v === null) for (const message of again(this.#chat)) this.#send(message);
  }

  /** The server has lost its state and counts anew. */
  #lost() {
    this.#chat = renewed(this.#chat);
    this.#send(SNAPSHOT);
  }

  #news(item, before) {
    const isNew = item.n > (before.items.at(-1)?.n ?? 0) && find(this.#chat, item.n);
    if (isNew) this.#attention.news(item, this.#chat);
  }

  #limit({ rules = this.#rules, you = this.#you }) {
    this.#rules = rules;
    this.#you = you;
    byId('chat-rule').textContent = ruleText(rules);
    this.#composer.close(closedText(you, rules));
  }

  #float(items) {
    this.#reactions.float(items.map(([id, emoji]) => ({ ...SOMEBODY, ...this.#people.get(id), emoji })));
  }

  #say({ text, re, at }) {
    const message = { id: opId(), text, re, at };
    this.#chat = pend(this.#chat, { ...message, t: this.#latest() });
    if (this.#chat.v !== null) this.#send({ type: 'say', ...message }); // else the snapshot takes it along
    this.#composer.clear();
    this.#attention.said();
    this.#list.toEnd();
    this.#look();
  }

  #retry(id) {
    this.#chat = retried(this.#chat, id);
    const message = again(this.#chat).find((one) => one.id === id);
    if (message) this.#send(message);
    this.#show();
  }

  #remove(id) {
    this.#chat = dropPending(this.#chat, id);
    this.#show();
  }

  #edit({ n, text }) {
    const item = find(this.#chat, n);
    if (!item || text === item.text) return this.#composer.clear();
    return this.#changes.edit(item, text);
  }

  #editLast() {
    const last = this.#chat.items.findLast(({ user, gone }) => user === this.#me.id && !gone);
    if (last) this.#composer.edit(last);
  }

  #older() {
    const { chat, ask } = older(this.#chat);
    if (ask && this.#send(ask)) this.#chat = chat;
  }

  #happened(events) {
    if (!events.length) return;
    this.#events = remembered(this.#events, events);
    this.#show();
  }

  #around(me = this.#me) {
    this.#me = me;
    const may = (word) => this.#you?.may.includes(word) ?? false;
    this.#room = { me, may, nameOf: (id) => this.#nameOf(id) };
  }

  #nameOf(id) {
    return this.#people.get(id)?.name ?? this.#chat.items.findLast(({ user }) => user === id)?.name ?? null;
  }

  // No message may seem to come before one that is here, however this computer's clock goes.
  #latest() {
    return Math.max(this.#now(), this.#chat.items.at(-1)?.t ?? 0);
  }

  #look() {
    this.#attention.count(this.#chat);
    this.#show();
  }

  #show() {
    this.#frame ??= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#frame = null;
    const { items, pending, typing, v } = this.#chat;
    const lines = flow(this.#chat, this.#events, { me: this.#me, since: this.#attention.since, now: this.#now() });
    const blank = v !== null && !items.length && !pending.length;
    this.#list.draw(lines, this.#room, { quiet: this.#quiet, blank });
    this.#quiet = false;
    fill(byId('chat-typing'), typingParts(typing.filter(([id]) => id !== this.#me.id)));
  }
}
