/** Lines over the film about the remote: who has it, asking for it, and the answers of those who may hand it out. */
import { Emitter, listen } from '../emitter.js';
import { fill } from './sentence.js';

const STAY = 6000; // ms
const PATIENT = 60_000; // ms after which one may ask again

/** Events: 'ask', and 'answer' {user, kind: 'grant-now' | 'grant-good' | 'take'}. */
export class Remote extends Emitter {
  #bar = document.getElementById('remote-bar');
  #text = document.getElementById('remote-text');
  #ask = document.getElementById('remote-ask');
  #asks = document.getElementById('asks-bar');
  #asksText = document.getElementById('asks-text');
  #asksCount = document.getElementById('asks-count');
  #timer = null;
  #askedAt = -Infinity;
  #waiting = [];
  #answered = new Set();

  /** Listens to its buttons; returns the undo. */
  bind() {
    const undo = [
      listen(this.#ask, 'click', () => this.#asked()),
      listen(this.#asks, 'click', ({ target }) => this.#answer(target.closest('[data-answer]')?.dataset.answer)),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Whether one has asked and waits for the answer. */
  get asking() {
    return performance.now() - this.#askedAt < PATIENT;
  }

  /** Something was pressed that only those with the remote may press; `holders` is the sentence of who has it. */
  denied(holders) {
    const asked = this.asking;
    this.say(asked ? ['Asked. Waiting for an answer…'] : holders, !asked);
  }

  /** Says a sentence for a while. */
  say(parts, ask = false) {
    fill(this.#text, parts);
    this.#ask.hidden = !ask;
    this.#bar.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#leave(), STAY);
  }

  /** The asking did not work, or was answered: one may ask again. Returns whether one had asked. */
  forget() {
    const asked = this.asking;
    this.#askedAt = -Infinity;
    return asked;
  }

  /** Shows who asks, to those who may answer: people in their order, each with an id. */
  asks(people) {
    const ids = new Set(people.map(({ id }) => id));
    for (const id of this.#answered) if (!ids.has(id)) this.#answered.delete(id);
    this.#waiting = people.filter(({ id }) => !this.#answered.has(id));
    const [first] = this.#waiting;
    this.#asks.hidden = !first;
    if (!first) return;
    fill(this.#asksText, [first, ' asks for the remote']);
    this.#asksCount.textContent = this.#waiting.length > 1 ? `1 of ${this.#waiting.length}` : '';
  }

  /** An answer was refused: that person still asks. */
  unanswered(user) {
    this.#answered.delete(user);
  }

  #asked() {
    this.#askedAt = performance.now();
    this.denied();
    this.emit('ask');
  }

  #answer(kind) {
    const [person] = this.#waiting;
    if (!kind || !person) return;
    this.#answered.add(person.id);
    this.asks(this.#waiting);
    this.emit('answer', { user: person.id, kind });
  }

  /** Stays under a finger or a focus that is about to press it. */
  #leave() {
    const awaited = !this.#ask.hidden && this.#bar.matches(':hover, :focus-within');
    if (awaited) this.#timer = setTimeout(() => this.#leave(), STAY / 2);
    this.#bar.hidden = !awaited;
  }
}
