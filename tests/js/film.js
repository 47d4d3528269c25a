/** What the driver is tested with: a film with the manners of a `<video>`, a page around it, time that only a test moves. */
import { mock } from 'node:test';
import { Driver } from '../../static/js/sync/driver.js';
import { Reporter } from '../../static/js/sync/report.js';

const TICK = 10; // ms

globalThis.document = Object.assign(new EventTarget(), { hidden: false });
globalThis.window = new EventTarget();
globalThis.navigator ??= {};

/** Time that only the test moves; each look at it costs a little, so that waiting awake comes to an end. */
class Time {
  now = 0;

  constructor() {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    performance.now = () => (this.now += 0.001); // mock.method would remember each of millions of calls
  }

  async pass(ms, each = () => {}) {
    for (let gone = 0; gone < ms; gone += TICK) {
      this.now += TICK;
      mock.timers.tick(TICK);
      each();
      await null; // promises have their turn
    }
  }

  end() {
    mock.timers.reset();
    delete performance.now;
  }
}

/** A film in HTMLMediaElement's words with a crystal that is off, slow seeks, and late events. */
export class Film extends EventTarget {
  localName = 'video';
  traits = { fineRates: true, stairMs: 0 };
  duration = 7200;
  paused = true;
  ended = false;
  seeking = false;
  muted = false;
  volume = 1;
  readyState = 4;
  refuses = () => false; // whether the browser refuses to play it
  error = null;
  #position = 0;
  #since = 0;
  #rate = 1;

  constructor(random = () => 0.5) {
    super();
    this.random = random;
    this.crystal = 1 + (random() - 0.5) * 4e-4;
  }

  get currentTime() {
    const runs = !this.paused && !this.seeking && this.readyState >= 3;
    return this.#position + (runs ? ((performance.now() - this.#since) / 1000) * this.#rate * this.crystal : 0);
  }

  set currentTime(to) {
    this.#settle(to);
    this.seeking = true;
    this.tell('seeking');
    setTimeout(() => {
      this.#settle();
      this.seeking = false;
      this.tell('seeked');
    }, 10 + this.random() * 60);
  }

  get playbackRate() {
    return this.#rate;
  }

  set playbackRate(rate) {
    this.#settle();
    this.#rate = rate;
    this.tell('ratechange');
  }

  async play() {
    if (this.refuses()) throw new DOMException('wants a gesture', 'NotAllowedError');
    this.#settle();
    this.paused = false;
    this.tell('play');
    this.tell('playing');
  }

  pause() {
    this.#settle();
    this.paused = true;
    this.tell('pause');
  }

  stall(ms) {
    this.#settle();
    this.readyState = 2;
    this.tell('waiting');
    setTimeout(() => {
      this.#settle();
      this.readyState = 4;
      this.tell('canplay');
      if (!this.paused) this.tell('playing');
    }, ms);
  }

  jump(seconds) {
    this.#settle(this.currentTime + seconds);
  }

  tell(name) {
    setTimeout(() => this.dispatchEvent(new Event(name)), this.random() * 30);
  }

  #settle(to = this.currentTime) {
    this.#position = to;
    this.#since = performance.now();
  }
}

/** A page that watches a film: its driver, what it reports, and what people did to the player. */
class Watching {
  intents = [];
  reports = [];
  statuses = [];

  constructor(film, room) {
    const clock = { ready: true, playing: false, serverNow: () => performance.now(), on: () => () => {}, burst() {} };
    this.film = film;
    this.driver = new Driver({ clock });
    this.reporter = new Reporter({ send: ({ state }) => this.reports.push(state) > 0 });
    this.driver.on('intent', ({ kind }) => this.intents.push(kind));
    this.driver.on('status', (status) => this.statuses.push(status));
    this.driver.on('status', (status) => this.reporter.status(status));
    this.driver.attach(film);
    this.obey(room);
  }

  obey(vector) {
    this.reporter.vector(vector);
    this.driver.obey(vector);
  }
}

/** Tells a story on a page that watches a film in a room: `tell(page, pass)`, `pass(ms, each)` lets time pass. */
export async function story(room, tell, film = new Film()) {
  const time = new Time();
  const page = new Watching(film, room);
  try {
    await tell(page, (...span) => time.pass(...span));
  } finally {
    page.driver.detach();
    page.reporter.close();
    time.end();
  }
}
