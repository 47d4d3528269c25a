/** What a person wants of the film, for everyone: sent as an op, and sent again on a new line if it was not answered. */
import { Outbox } from '../net/outbox.js';
import { opId } from '../net/protocol.js';

const CARRIED = { pause: ['pos'], seek: ['pos'], rate: ['rate'] }; // fields of an op by its kind

export class Ops {
  #outbox = new Outbox();
  #send;
  #may;
  #freeze;

  /** `send` (a message) returns whether it went; `may` (word) whether I may; `freeze` rests this player, and returns where. */
  constructor({ send, may, freeze }) {
    [this.#send, this.#may, this.#freeze] = [send, may, freeze];
  }

  /** Returns whether I may do an act of this kind: who may call a ready check may end it, too. */
  allows({ hold }, kind) {
    const ends = hold?.kind === 'ready' && ['go', 'pause'].includes(kind) && this.#may('check');
    return ends || this.#may('control');
  }

  /** Tells the room what a person wants; the player hears of it from the room. Returns whether it went. */
  tell({ vector, v }, { kind, ...wish }) {
    if (kind === 'pause') wish.pos ??= this.#freeze();
    const fields = (CARRIED[kind] ?? []).map((name) => [name, wish[name]]);
    const op = { type: 'op', id: opId(), v, entry: vector.entry, kind, ...Object.fromEntries(fields) };
    this.#outbox.add(op, performance.now());
    return this.#send(op);
  }

  /** Takes the server's message; returns whether it answered one of mine. */
  hear(message) {
    return this.#outbox.settle(message);
  }

  /** There is a new line. */
  opened() {
    for (const op of this.#outbox.again(performance.now())) this.#send(op);
  }
}
