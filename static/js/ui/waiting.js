/** What lies over the film while the room waits: for slow viewers, or until everyone has said that they are ready. */
import { Emitter, listen } from '../emitter.js';
import { avatarOf } from './avatar.js';
import { readyText, waitingText } from './company_words.js';
import { Seconds } from './seconds.js';
import { fill } from './sentence.js';

const FACES = 5;
const BUTTONS = { ready: 'im-ready', go: 'start-now', skip: 'go-on', pause: 'cancel-check' }; // ids

/** Events: 'go', 'pause' (for everyone), 'ready' (I am). */
export class Waiting extends Emitter {
  #card = document.getElementById('waiting');
  #title = document.getElementById('waiting-title');
  #text = document.getElementById('waiting-text');
  #faces = document.getElementById('waiting-faces');
  #ring = document.getElementById('waiting-ring');
  #left = document.getElementById('waiting-left');
  #buttons = Object.fromEntries(Object.entries(BUTTONS).map(([name, id]) => [name, document.getElementById(id)]));
  #seconds;
  #whole = { until: null, seconds: 0 };

  /** `serverNow` returns ms, or null. */
  constructor(serverNow) {
    super();
    this.#seconds = new Seconds(serverNow);
  }

  /** Listens to its buttons; returns the undo. */
  bind() {
    const press = (name, event) => listen(this.#buttons[name], 'click', () => this.emit(event));
    const undo = [press('ready', 'ready'), press('go', 'go'), press('skip', 'go'), press('pause', 'pause')];
    return () => undo.forEach((one) => one());
  }

  /** Shows a vector's hold or null; `people` are those waited for, `mine`: me among them; `may` as words of `you`. */
  render(hold, { people = [], mine = false, may = [] } = {}) {
    this.#card.hidden = !hold;
    this.#card.dataset.kind = hold?.kind ?? '';
    this.#time(hold?.until ?? null);
    if (!hold) return;
    const check = hold.kind === 'ready';
    this.#title.hidden = !check;
    this.#text.toggleAttribute('data-aside', check && mine);
    fill(this.#text, (check ? readyText : waitingText)(people, mine));
    this.#show(people);
    this.#buttons.ready.hidden = !check || !mine;
    const runs = may.includes('check') || may.includes('control');
    for (const name of ['go', 'pause']) this.#buttons[name].hidden = !check || !runs;
    this.#buttons.skip.hidden = check || !may.includes('control');
  }

  #show(people) {
    const faces = people.slice(0, FACES).map((person) => avatarOf(person));
    this.#faces.replaceChildren(...faces);
  }

  #time(until) {
    this.#ring.toggleAttribute('hidden', until === null);
    if (until === null) return this.#seconds.stop();
    this.#seconds.run(until, (left) => this.#turn(until, left));
  }

  /** The ring is whole when the wait begins for this page. */
  #turn(until, left) {
    if (this.#whole.until !== until) this.#whole = { until, seconds: Math.max(1, left) };
    this.#left.textContent = left;
    this.#ring.style.setProperty('--left', Math.max(0, left - 1) / this.#whole.seconds);
  }
}
