/** Whether this page is in touch and in sync: the words in the header, and a banner when the line is long broken. */
import { Emitter, listen } from '../emitter.js';

const PATIENCE = 3000; // ms for which a broken line is nobody's business
const SETTLING = 700; // ms for which a correction is nobody's business

const SYNC = {
  outside: ['Not joined yet', 'wait'],
  loading: ['Loading…', 'wait'],
  seeking: ['Catching up…', 'wait'],
  priming: ['Catching up…', 'wait'],
  stalled: ['Buffering…', 'wait'],
  blocked: ['Waiting for you', 'bad'],
};
const GOOD = ['In sync', 'good'];
const SHUT = ['Not connected', 'bad'];
const APART = ['Not with the others', 'bad'];

/** Event: 'retry' when someone does not want to wait. */
export class Connection extends Emitter {
  #state = document.getElementById('connection');
  #text = document.getElementById('connection-text');
  #banner = document.getElementById('banner');
  #bannerText = document.getElementById('banner-text');
  #sync = SYNC.loading;
  #late = false;
  #closed = false;
  #broken = null;
  #settling = null;

  /** Listens to its button and to the network; returns the undo. */
  bind() {
    const undo = [
      listen(document.getElementById('retry'), 'click', () => this.emit('retry')),
      ...['online', 'offline'].map((name) => listen(window, name, () => this.#render())),
    ];
    return () => undo.forEach((one) => one());
  }

  /** The line is there. */
  up() {
    clearTimeout(this.#broken);
    this.#broken = null;
    this.#late = this.#closed = false;
    document.body.dataset.connection = 'open';
    this.#render();
  }

  /** The line is broken; people hear of it only if that lasts. */
  down() {
    document.body.dataset.connection = 'down';
    this.#broken ??= setTimeout(() => {
      this.#late = true;
      this.#render();
    }, PATIENCE);
  }

  /** The door stays shut: a cover says why. */
  end() {
    clearTimeout(this.#broken);
    this.#late = false;
    this.#closed = true;
    document.body.dataset.connection = 'closed';
    this.#render();
  }

  /** Takes the driver's status. */
  sync({ state, detached }) {
    document.body.dataset.syncState = state;
    const words = detached ? APART : (SYNC[state] ?? GOOD);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settle(words), words === GOOD ? 0 : SETTLING);
  }

  #settle(words) {
    this.#sync = words;
    this.#render();
  }

  #render() {
    const offline = !navigator.onLine;
    const lost = [offline ? 'No connection' : 'Reconnecting…', 'bad'];
    const [text, tone] = this.#closed ? SHUT : this.#late ? lost : this.#sync;
    this.#text.textContent = text;
    this.#state.dataset.tone = tone;
    this.#banner.hidden = !this.#late;
    this.#bannerText.textContent = offline
      ? 'No connection. Check your network. The film goes on.'
      : 'Reconnecting… The film goes on.';
  }
}
