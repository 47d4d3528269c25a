/** The company of the room page: keeps who is here and what holds, and connects the parts that show it. */
import { Emitter } from '../emitter.js';
import { initialCompany, mayDo, onNewLine, personOf, reduceCompany } from '../state/company.js';
import { choicesFor, remoteNews } from '../state/standing.js';
import { holdersText } from '../ui/company_words.js';
import { Countdown } from '../ui/countdown.js';
import { People } from '../ui/people.js';
import { PersonMenu } from '../ui/person_menu.js';
import { reasonText } from '../ui/reasons.js';
import { Remote } from '../ui/remote.js';
import { Undo } from '../ui/undo.js';
import { Waiting } from '../ui/waiting.js';
import { Desk } from './desk.js';

const SOMEONE = { name: 'Someone', color: 'sand' };
const NEWS = { given: 'You have the remote.', taken: 'The remote was taken back.' };

const MANAGED = {
  'grant-now': ['grant', { good: false }],
  'grant-good': ['grant', { good: true }],
  take: ['take', {}],
  helper: ['helper', { on: true }],
  unhelper: ['helper', { on: false }],
  mute: ['mute', { on: true }],
  unmute: ['mute', { on: false }],
  kick: ['kick', {}],
  ban: ['ban', {}],
};

/**
 * Events: 'act' {kind: 'go' | 'undo' | 'pause'}, 'mention' {id, name}, 'standing' when `you` changed,
 * 'people' {people, before, count} (Maps by id), 'renewed' {url} when there is a new main link.
 */
export class Company extends Emitter {
  #me;
  #owner;
  #send;
  #serverNow;
  #state = initialCompany;
  #vector = null;
  #people = new People();
  #menu = new PersonMenu();
  #remote = new Remote();
  #undo = new Undo();
  #waiting;
  #countdown;
  #desk;

  /** `me` {id, name, color}; `room` {owner}; `send` takes a message; `serverNow` returns ms, or null. */
  constructor({ me, room, send, serverNow }) {
    super();
    [this.#me, this.#owner, this.#send, this.#serverNow] = [me, room.owner, send, serverNow];
    this.#waiting = new Waiting(serverNow);
    this.#countdown = new Countdown(serverNow);
    this.#desk = new Desk(send, serverNow);
  }

  /** Connects the parts; returns the undo. */
  bind() {
    const act = (part, kind) => part.on(kind, () => this.emit('act', { kind }));
    const undo = [
      ...[this.#people, this.#menu, this.#remote, this.#undo, this.#waiting, this.#desk].map((part) => part.bind()),
      this.#people.on('crowd', ({ from }) => this.#send({ type: 'crowd', from })),
      this.#people.on('menu', ({ person, button }) => this.#offer(person, button)),
      this.#menu.on('chosen', ({ kind, person }) => this.#chosen(kind, person)),
      this.#remote.on('ask', () => this.#send({ type: 'ask' })),
      this.#remote.on('answer', ({ user, kind }) => this.#answered(user, kind)),
      this.#waiting.on('ready', () => this.#send({ type: 'ready' })),
      ...[[this.#waiting, 'go'], [this.#waiting, 'pause'], [this.#undo, 'undo']].map(([part, kind]) => act(part, kind)),
      this.#desk.on('renewed', (news) => this.emit('renewed', news)),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Takes the server's message. */
  hear(message) {
    this.#desk.hear(message);
    if (message.type === 'refused' && message.id === null) this.#refusedAsking(message);
    const before = this.#state;
    this.#state = reduceCompany(before, message);
    if (this.#state === before) return;
    this.#render();
    if (this.#state.rules !== before.rules || this.#state.you !== before.you) this.#desk.render(this.#look);
    this.#tell(before);
  }

  /** There is a new line. */
  opened() {
    this.#state = onNewLine(this.#state);
    this.#desk.opened();
    if (this.#remote.asking) this.#send({ type: 'ask' }); // what was pressed while the line was down, or lost with it
  }

  /** Takes a new vector of the room, and the one before or null. */
  vector(before, after) {
    this.#vector = after;
    if (after.by?.kind === 'next') this.#countdown.stop(); // it has a card of its own
    else this.#countdown.render(after);
    this.#hold();
    this.#offerUndo(before);
  }

  /** An act on the film was refused, or pressed by somebody who may not. */
  refused(reason) {
    if (reason === 'not-allowed') this.#remote.denied(this.#holders());
  }

  /** Sets a rule of the room: {field, value}; what goes wrong is said over the film. */
  async set(rule) {
    const { ok, reason, wait } = await this.#desk.manage('set', rule);
    if (!ok) this.#remote.say([reasonText(reason, wait)]);
  }

  /** Returns whether I may do what a word of `you` stands for. */
  may(word) {
    return mayDo(this.#state, word);
  }

  /** Returns {id, name, color} of somebody, or a stand-in. */
  person(id) {
    return { ...(id === this.#me.id ? this.#me : { id, ...SOMEONE }), ...personOf(this.#state, id) };
  }

  get #look() {
    return { ...this.#state, me: this.#me.id, owner: this.#owner, acting: this.#state.rules?.acting === this.#me.id };
  }

  #render() {
    this.#people.render(this.#look);
    this.#remote.asks(this.may('grant') ? this.#state.asks.map(({ id, name }) => ({ ...this.person(id), name })) : []);
    this.#hold();
  }

  #tell(before) {
    const { people, count, rules, you } = this.#state;
    const news = remoteNews(before.rules, rules, this.#me.id);
    if (news) {
      this.#remote.forget();
      this.#remote.say([NEWS[news]]);
    }
    if (people !== before.people) this.emit('people', { people, before: before.people, count });
    if (you !== before.you) this.emit('standing');
  }

  #hold() {
    if (!this.#vector) return;
    const { hold } = this.#vector;
    const users = hold?.users ?? [];
    const may = ['control', 'check'].filter((word) => this.may(word));
    this.#waiting.render(hold, { people: users.map((id) => this.person(id)), mine: users.includes(this.#me.id), may });
  }

  #offerUndo(before) {
    const { by, pos, t } = this.#vector;
    const fresh = before && ['seek', 'video', 'skip'].includes(by?.kind) && by.user !== null && by.was !== null && this.may('control');
    if (!fresh) return this.#undo.hide();
    const person = by.user === this.#me.id ? { ...this.person(by.user), name: 'You' } : this.person(by.user);
    this.#undo.offer(person, by.kind, pos, (this.#serverNow() ?? t) - t);
  }

  #holders() {
    const { people, rules } = this.#state;
    const { control = 'host', helpers = [], remotes = [], acting = null } = rules ?? {};
    const here = remotes.filter((id) => id !== acting && people.has(id));
    return holdersText({
      control,
      host: people.get(this.#owner) ?? null,
      acting: acting && this.person(acting),
      remotes: here.map((id) => people.get(id)),
      helpers: helpers.length,
    });
  }

  #offer(person, button) {
    this.#menu.toggle(person, choicesFor(person.id, this.#look), button);
  }

  async #chosen(kind, person) {
    if (kind === 'mention') return this.emit('mention', { id: person.id, name: person.name });
    this.#people.say('');
    const { ok, reason, wait } = await this.#manage(kind, person.id);
    if (!ok) this.#people.say(reasonText(reason, wait));
  }

  async #answered(user, kind) {
    const { ok, reason, wait } = await this.#manage(kind, user);
    if (ok) return;
    this.#remote.unanswered(user);
    this.#remote.say([reasonText(reason, wait)]);
    this.#render();
  }

  #manage(name, user) {
    const [kind, fields] = MANAGED[name];
    return this.#desk.manage(kind, { user, ...fields });
  }

  /** Asking has no id; `already` says that I have asked before. */
  #refusedAsking({ reason, wait }) {
    if (reason !== 'already' && this.#remote.forget()) this.#remote.say([reasonText(reason, wait)]);
  }
}
