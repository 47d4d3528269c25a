/** The door stays shut: says why, and reloads once for a new ticket. */
import { Emitter, listen } from '../emitter.js';

const RELOADED = 'reloaded-for-ticket'; // in sessionStorage: a second refusal must not reload for ever
const COVERS = { 4401: 'ticket', 4404: 'gone', 4429: 'full' };

/** Event: 'retry' when someone knocks at a full room. */
export class Refusal extends Emitter {
  #covers;

  constructor(covers) {
    super();
    this.#covers = covers;
  }

  /** Listens to its button; returns the undo. */
  bind() {
    return listen(document.getElementById('knock'), 'click', () => this.emit('retry'));
  }

  /** Takes the close code of a refusal. */
  show(code) {
    if (code === 4401 && !sessionStorage.getItem(RELOADED)) {
      sessionStorage.setItem(RELOADED, 'yes');
      return location.reload();
    }
    this.#covers.show(COVERS[code]);
  }

  /** This page was let in. */
  forget() {
    sessionStorage.removeItem(RELOADED);
    this.#covers.hide('full');
  }
}
