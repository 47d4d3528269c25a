/** A chat server that is only simulated, and clients whose line drops, doubles and reorders what they hear. */
import { again, initialChat, pend, reduceChat, renewed } from '../../static/js/state/chat.js';

const NEWEST = 100; // messages of a snapshot, and of a page

/** Returns a message as the server keeps it. */
export const message = (n, changes = {}) => ({ n, id: `id-${n}`, user: 1, name: 'Ann', color: 'teal', t: n * 1000, pos: null, text: `text ${n}`, ...changes });

/** Returns `msg` with a version. */
export const msg = (v, n, changes) => ({ type: 'msg', v, item: message(n, changes) });

/** Returns a snapshot with the messages of these numbers. */
export const snapshot = (v, numbers, changes = {}) => ({ type: 'chat', v, first: numbers[0] ?? 1, items: numbers.map((n) => message(n)), log: [], ...changes });

/** Returns the chat after messages. */
export const after = (messages, chat = initialChat) => messages.reduce((so, one) => reduceChat(so, one).chat, chat);

/** Returns what two people compare: [n, text]. */
export const texts = (chat) => chat.items.map(({ n, text }) => [n, text]);

/** Keeps messages by number, and the version. */
export class Server {
  v = 0;
  cleared = 0;
  items = [];
  #said = new Map(); // id → the answer

  /** Adds a message; the same id is the same message. Returns what everyone hears. */
  say(text, id) {
    const answer = this.#said.get(id) ?? this.#put(message(this.items.length + 1, { id, text }));
    this.#said.set(id, answer);
    return answer;
  }

  /** Changes the text of a message. */
  edit(n, text) {
    return this.#put({ ...this.items[n - 1], text, edited: true });
  }

  /** Hides all messages; with 0 shows them again. */
  clear(upTo = this.items.length) {
    this.cleared = upTo;
    return { type: 'clear', v: (this.v += 1), cleared: upTo };
  }

  snapshot() {
    return { type: 'chat', v: this.v, ...this.#page(Infinity), log: [] };
  }

  past(before) {
    return { type: 'past', ...this.#page(before) };
  }

  #page(before) {
    const items = this.items.filter(({ n }) => n > this.cleared && n < before).slice(-NEWEST);
    return { first: this.cleared + 1, items };
  }

  #put(item) {
    this.items[item.n - 1] = item;
    return { type: 'msg', v: (this.v += 1), item };
  }
}

/** A client on a bad line. */
export class Client {
  chat = initialChat;
  #server;
  #random;
  #under = []; // on its way here

  constructor(server, random) {
    this.#server = server;
    this.#random = random;
    this.connect();
  }

  /** Opens a new line; what was on its way is lost. */
  connect() {
    this.chat = renewed(this.chat);
    this.#under = [this.#server.snapshot()];
  }

  /** The server tells everyone: lost, doubled, or in its place. */
  hear(message) {
    const luck = this.#random();
    const copies = luck < 0.1 ? 0 : luck < 0.2 ? 2 : 1;
    this.#under.push(...Array(copies).fill(message));
  }

  /** Lets some of what is on its way arrive, often not the oldest first. */
  live() {
    while (this.#under.length && this.#random() < 0.6) this.#take(this.#random() < 0.3 ? this.#under.length - 1 : 0);
  }

  /** The line is good from now on: everything arrives. */
  settle() {
    while (this.#under.length) this.#take(0);
  }

  /** Says something; returns the message to the server. */
  say(id, text) {
    this.chat = pend(this.chat, { id, text, re: null, at: [], t: 0 });
    return { id, text };
  }

  #take(index) {
    const [message] = this.#under.splice(index, 1);
    const wasNew = this.chat.v === null;
    const { chat, ask } = reduceChat(this.chat, message);
    this.chat = chat;
    if (ask) this.#under.push(this.#server.snapshot());
    if (wasNew && chat.v !== null) this.resend();
  }

  /** Says again what was not confirmed; the answers come by `hear` of all. */
  resend() {
    for (const { id, text } of again(this.chat)) this.#under.push(this.#server.say(text, id));
  }
}
