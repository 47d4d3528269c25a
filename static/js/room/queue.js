/** The queue of the room page: keeps what the server tells, and connects the parts that show it. */
import { Emitter, listen } from '../emitter.js';
import { Requests } from '../net/requests.js';
import { initialQueue, nextOf, placeOf, reduceQueue, withVote } from '../state/queue.js';
import { fill } from '../ui/sentence.js';
import { Next } from '../ui/next.js';
import { Add } from '../ui/queue/add.js';
import { Edit } from '../ui/queue/edit.js';
import { Head } from '../ui/queue/head.js';
import { List } from '../ui/queue/list.js';
import { removedParts } from '../ui/queue/words.js';
import { reasonText } from '../ui/reasons.js';

const UNDO = 10_000; // ms for which the server takes a removal back
const END = 0.1; // seconds: so near its end a film rests at it
const RULES = { loop: 'off', autoplay: true, votes: false };
const SAVED = ['like', 'later', 'playlist']; // kinds of a row's menu that are for me alone
const listOf = async (list) => (await import('../players/youtube_list.js')).idsOf(list);
const byId = (name) => document.getElementById(name);

/**
 * Events: 'act' {kind: 'play' | 'pause'} for everyone, 'set' {field, value} of a rule, 'changed' when the entry that
 * follows may be another one, 'keep' {kind, entry} and 'library' for what is mine, 'saved' {id} a playlist.
 */
export class Queue extends Emitter {
  #me;
  #send;
  #may;
  #requests;
  #serverNow;
  #state = initialQueue;
  #rules = RULES;
  #vector = null;
  #people = 0;
  #skipping = null; // the entry that I voted to skip
  #timer = null;
  #list = new List();
  #head = new Head();
  #next;
  #add;
  #edit;

  /** `me` {id}; `send` takes a message; `may` (word) returns whether I may; `serverNow` returns ms, or null. */
  constructor({ me, send, may, serverNow }) {
    super();
    [this.#me, this.#send, this.#may, this.#serverNow] = [me, send, may, serverNow];
    this.#requests = new Requests(send);
    this.#next = new Next(serverNow);
    const ask = (kind, fields) => this.ask(kind, fields);
    [this.#add, this.#edit] = [new Add(ask, listOf), new Edit(ask)];
  }

  #INTENTS = () => [
    [this.#list, 'play', ({ id }) => this.#do('play', { entry: id })],
    [this.#list, 'move', ({ id, before }) => this.#do('move', { entry: id, before })],
    [this.#list, 'vote', (vote) => this.#vote(vote)],
    [this.#list, 'chosen', ({ kind, entry }) => this.#chosen(kind, entry)],
    [this.#head, 'skip', () => this.#do('skip')],
    [this.#head, 'shuffle', () => this.#do('shuffle')],
    [this.#head, 'voteskip', ({ on }) => this.#voteSkip(on)],
    [this.#head, 'set', (rule) => this.emit('set', rule)],
    [this.#head, 'chosen', ({ kind }) => this.#chosenOfAll(kind)],
    [this.#next, 'pause', () => this.emit('act', { kind: 'pause' })],
    [this.#next, 'play', () => this.emit('act', { kind: 'play' })],
    [this.#next, 'skip', () => this.#do('skip')],
    [this.#edit, 'saved', (playlist) => this.emit('saved', playlist)],
  ];

  /** Listens to its parts; returns the undo. */
  bind() {
    const undo = [
      ...[this.#list, this.#head, this.#next, this.#add, this.#edit].map((part) => part.bind()),
      ...this.#INTENTS().map(([part, name, fn]) => part.on(name, fn)),
      listen(byId('queue-back'), 'click', () => this.#do('back')),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Takes any message of the server. */
  hear(message) {
    this.#requests.hear(message);
    const before = this.#state;
    const { state, ask } = reduceQueue(before, message);
    this.#state = state;
    if (ask) this.#send({ type: 'entries' });
    if (message.type === 'log') this.#happened(message.item);
    if (message.type === 'rules') this.#rule(message);
    if (state !== before || ['rules', 'you'].includes(message.type)) this.#render();
  }

  /** There is a new line. */
  opened() {
    this.#requests.again();
    if (this.#rules.votes) this.#send({ type: 'entries' });
  }

  /** Takes the room's vector. */
  vector(vector) {
    this.#vector = vector;
    if (this.#skipping !== vector.entry) this.#skipping = null;
    this.#render();
  }

  /** Takes how many people are here. */
  people(count) {
    this.#people = count;
    this.#render();
  }

  /** The tab of the queue was opened. */
  seen() {
    this.#list.reveal();
  }

  /** Returns the entry that follows what plays, or null. */
  get next() {
    return this.#vector && nextOf(this.#state, this.#vector.entry, this.#rules.loop);
  }

  /** Returns the entry that plays, as the queue knows it, or null. */
  get current() {
    return this.#vector && (this.#state.entries[placeOf(this.#state, this.#vector.entry)] ?? null);
  }

  /** Returns whether I may change or take out an entry. */
  owns(entry) {
    return this.#may('control') || (entry?.by === this.#me.id && this.#may('queue'));
  }

  /** Sends an act; resolves to {ok, data, reason, wait}. */
  ask(kind, fields = {}) {
    return this.#requests.ask({ type: 'queue', kind, ...fields });
  }

  /** Skips what plays. */
  skip() {
    this.#do('skip');
  }

  /** Asks for another video in the place of what plays. */
  replace() {
    if (this.current) this.#edit.open('replace', this.current);
  }

  async #do(kind, fields) {
    const { ok, reason, wait } = await this.ask(kind, fields);
    const failed = !ok && reason !== 'already';
    byId('queue-note').textContent = failed ? reasonText(reason, wait) : '';
    if (failed) this.#render(); // a row that was dragged goes back to its place
    return ok;
  }

  async #vote({ id, on }) {
    if (!(await this.#do('vote', { entry: id, on }))) return;
    this.#state = withVote(this.#state, id, on);
    this.#render();
  }

  async #voteSkip(on) {
    const { entry } = this.#vector;
    if (!(await this.#do('voteskip', { on }))) return;
    this.#skipping = on ? entry : null;
    this.#render();
  }

  #chosen(kind, entry) {
    if (SAVED.includes(kind)) return this.emit('keep', { kind, entry });
    if (kind === 'start' || kind === 'replace') return this.#edit.open(kind, entry);
    if (kind !== 'next') return this.#do(kind, { entry: entry.id });
    const { entries } = this.#state;
    const after = entries.slice(placeOf(this.#state, this.#vector.entry) + 1).find(({ id }) => id !== entry.id);
    return this.#do('move', { entry: entry.id, before: after?.id ?? null });
  }

  #chosenOfAll(kind) {
    if (kind === 'list') return this.emit('library');
    if (kind === 'save') return this.#edit.open('save', this.current);
    return this.#do(kind);
  }

  #rule(rules) {
    const voting = rules.votes && !this.#rules.votes;
    this.#rules = rules;
    if (voting) this.#send({ type: 'entries' });
  }

  /** Offers to take a removal back, to whoever did it and to those with the remote. */
  #happened({ kind, by, value, count }) {
    if (kind === 'queue-back') byId('queue-undo').hidden = true;
    if (!['queue-remove', 'queue-clear'].includes(kind)) return;
    if (by.id !== this.#me.id && !this.#may('control')) return;
    fill(byId('queue-undo-text'), [by.id === this.#me.id ? 'You' : by, ...removedParts(value, count)]);
    byId('queue-undo').hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (byId('queue-undo').hidden = true), UNDO);
  }

  #render() {
    if (!this.#vector || this.#state.v === null) return;
    const { entries } = this.#state;
    const { entry: current } = this.#vector;
    const here = placeOf(this.#state, current);
    this.#list.render(this.#state, current, (entry, ahead) => this.#can(entry, ahead));
    this.#head.render({
      coming: entries.slice(here + 1),
      count: entries.length,
      follows: this.next !== null,
      rules: this.#rules,
      may: this.#may,
      skips: this.#skipping === current ? Math.max(1, this.#state.skips) : this.#state.skips,
      people: this.#people,
      voted: this.#skipping === current,
    });
    this.#add.allow(this.#may('queue'), this.#may('control'));
    byId('queue-alone').hidden = entries.length > 1 || !this.#may('queue');
    this.#showNext();
    this.emit('changed');
  }

  /** What I may do with an entry that is `ahead` places below what plays. */
  #can(entry, ahead) {
    const control = this.#may('control');
    const owns = this.owns(entry);
    const more = [
      ...(control && ahead ? ['play'] : []),
      ...(control && ahead && ahead !== 1 && !this.#rules.votes ? ['next'] : []),
      ...(owns ? ['start', 'replace'] : []),
      ...SAVED,
      ...(owns && this.#state.entries.length > 1 ? ['remove'] : []),
    ];
    const move = control && !this.#rules.votes && this.#state.entries.length > 1;
    return { play: control && ahead !== 0, move, vote: this.#rules.votes && ahead > 0, more };
  }

  /** While the next film counts down its card says so; where nothing goes on by itself it waits for a press. */
  #showNext() {
    const { by, playing, hold, pos, t } = this.#vector;
    const counts = by?.kind === 'next' && playing && !hold;
    const waits = !playing && pos > (this.current?.duration ?? Infinity) - END && this.next !== null;
    const title = counts ? this.current?.title : this.next?.title;
    this.#next.render(counts || waits ? { title, until: counts ? t : null } : null, this.#may('control'));
  }
}
