/** Questions to the server that it answers by `done` or `refused`: each becomes a promise that never rejects. */
import { opId } from './protocol.js';

const PATIENCE = 15_000; // ms after which an answer does not come any more

export class Requests {
  #send;
  #open = new Map();

  /** `send` takes a message. */
  constructor(send) {
    this.#send = send;
  }

  /** Sends a message with an id; resolves to {ok, data, reason, wait}. */
  ask(message) {
    const request = { ...message, id: opId() };
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(request.id, { reason: 'timeout' }), PATIENCE);
      this.#open.set(request.id, { request, resolve, timer, again: false });
      this.#send(request);
    });
  }

  /** Takes the server's message; returns whether it answered one of these questions. */
  hear({ type, id, data, reason, wait }) {
    if (type === 'done') return this.#settle(id, { ok: true, data });
    return type === 'refused' && this.#settle(id, { reason, wait });
  }

  /** There is a new line: sends once more what was never answered; the server knows an id it has seen. */
  again() {
    for (const entry of this.#open.values()) {
      if (!entry.again) this.#send(entry.request);
      entry.again = true;
    }
  }

  #settle(id, { ok = false, data = null, reason = null, wait = null }) {
    const entry = this.#open.get(id);
    if (!entry) return false;
    clearTimeout(entry.timer);
    this.#open.delete(id);
    entry.resolve({ ok, data, reason, wait });
    return true;
  }
}
