/** Edits, deletions and reactions: asks the server, and says beside the field what it refuses. */
import { Requests } from '../net/requests.js';
import { reasonText } from '../ui/reasons.js';

const OFFLINE = 'Not connected. Try again in a moment.';

export class Changes {
  #requests;
  #composer;
  #isUp = true; // whether the last message went

  /** `send` (a message) returns whether it went. */
  constructor(send, composer) {
    this.#requests = new Requests((message) => (this.#isUp = send(message)));
    this.#composer = composer;
  }

  /** Takes the server's message. */
  hear(message) {
    this.#requests.hear(message);
  }

  /** There is a new line. */
  opened() {
    this.#requests.again();
  }

  /** Edits a message of mine; the field has the new text again if it is refused. */
  async edit(item, text) {
    const answer = this.#ask({ type: 'edit', n: item.n, text });
    if (!this.#isUp) return;
    this.#composer.clear();
    if (!(await answer)) this.#composer.edit(item, text);
  }

  /** Deletes a message. */
  remove(n) {
    this.#ask({ type: 'del', n });
  }

  /** Gives a message a reaction, or takes it back: {n, emoji, on}. */
  mark(mark) {
    this.#ask({ type: 'mark', ...mark });
  }

  async #ask(message) {
    const asked = this.#requests.ask(message);
    if (!this.#isUp) this.#composer.say(OFFLINE);
    const { ok, reason, wait } = await asked;
    if (!ok && reason !== 'already') this.#composer.say(reasonText(reason, wait));
    return ok;
  }
}
