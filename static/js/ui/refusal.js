/** The door stays shut: says why, and reloads once for a new ticket. */
import { Emitter, listen } from '../emitter.js';

const RELOADED = 'reloaded-for-ticket'; // in sessionStorage: a second refusal must not reload for ever
const COVERS = {
  4401: 'ticket',
  4403: 'removed',
  4404: 'gone',
  4410: 'revoked',
  4423: 'locked',
  4424: 'closed',
  4429: 'full',
};

/** Event: 'retry' when someone knocks at a full room. */
export class Refusal extends Emitter {
  #covers;

  constructor(covers) {
    super();
    this.#covers = covers;
  }

  /** Listens to its buttons; returns the undo. */
  bind() {
    const undo = [
      listen(document.getElementById('knock'), 'click', () => this.emit('retry')),
      listen(document.getElementById('newer'), 'submit', (event) => {
        event.preventDefault();
        follow(document.getElementById('newer-link').value);
      }),
    ];
    return () => undo.forEach((one) => one());
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

/** Opens a new invite, if it is one of this site. */
function follow(link) {
  const url = URL.canParse(link.trim(), location.href) ? new URL(link.trim(), location.href) : null;
  if (url?.origin === location.origin && url.pathname.startsWith('/join/')) return location.assign(url);
  document.getElementById('newer-error').textContent = 'That is no invite to this site. It looks like the link that you came by.';
}
