/** Ops that the server has not answered yet, so that a broken line loses none; no clock, no socket. */

const LIFE = 3000; // ms after which a person has given up on an op, and would be surprised by it

export class Outbox {
  #sent = new Map();

  /** Remembers an `op` message sent at `now` (ms). */
  add(op, now) {
    this.#sent.set(op.id, { op, now });
  }

  /** Forgets what a message answers: an `st` made by one of our ops, a `nak` or a `refused`. Returns whether it did. */
  settle({ id, by }) {
    return this.#sent.delete(by?.op ?? id);
  }

  /** Returns the ops to send again on a new line at `now`, oldest first; forgets those that are too old. */
  again(now) {
    for (const [id, entry] of this.#sent) if (now - entry.now >= LIFE) this.#sent.delete(id);
    return Array.from(this.#sent.values(), (entry) => entry.op);
  }
}
