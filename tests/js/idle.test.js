// Ten minutes in which nobody acts, in simulated time: the driver with a player that drifts, stalls and jumps by itself.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { seeded, upTo, vector } from './helpers.js';

const TEN_MINUTES = 600_000; // ms
const TICK = 10; // ms

globalThis.document = Object.assign(new EventTarget(), { hidden: false });
globalThis.window = new EventTarget();
globalThis.navigator ??= {};
const { Driver } = await import('../../static/js/sync/driver.js');

/** Time that only the test moves; each look at it costs a little, so that waiting awake comes to an end. */
class Time {
  now = 0;

  constructor() {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    mock.method(performance, 'now', () => (this.now += 0.001));
  }

  pass(ms, each = () => {}) {
    for (let gone = 0; gone < ms; gone += TICK) {
      this.now += TICK;
      mock.timers.tick(TICK);
      each();
    }
  }

  end() {
    mock.timers.reset();
    mock.restoreAll();
  }
}

/** A film in HTMLMediaElement's words with a crystal that is off, slow seeks, and late events. */
class Film extends EventTarget {
  localName = 'video';
  traits = { fineRates: true, stairMs: 0 };
  duration = 7200;
  paused = true;
  ended = false;
  seeking = false;
  muted = false;
  readyState = 4;
  error = null;
  #position = 0;
  #since = 0;
  #rate = 1;

  constructor(random) {
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
      this.tell('playing');
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

function watching(film, room) {
  const intents = [];
  const clock = { ready: true, playing: false, serverNow: () => performance.now(), on: () => () => {}, burst() {} };
  const driver = new Driver({ clock });
  driver.on('intent', (intent) => intents.push(intent));
  driver.attach(film);
  driver.obey(room);
  return intents;
}

for (const seed of upTo(5)) {
  test(`ten idle minutes of a film that runs send no act, and it stays on time (seed ${seed})`, () => {
    const time = new Time();
    const random = seeded(seed);
    const film = new Film(random);
    const intents = watching(film, vector({ pos: 100, t: 500 }));
    time.pass(TEN_MINUTES, () => {
      if (random() < 0.0003) film.stall(300 + random() * 3000);
      if (random() < 0.0003) film.jump((random() - 0.5) * 1.5);
    });
    time.pass(30_000); // the last disturbance is over
    const off = film.currentTime - (100 + (performance.now() - 500) / 1000);
    time.end();
    assert.deepEqual(intents, []);
    assert.ok(Math.abs(off) < 0.1, `${off} s off`);
  });

  test(`ten idle minutes of a film that rests send no act and move nothing (seed ${seed})`, () => {
    const time = new Time();
    const film = new Film(seeded(seed));
    const intents = watching(film, vector({ playing: false, pos: 100, t: 0 }));
    time.pass(TEN_MINUTES);
    const shown = film.currentTime;
    time.end();
    assert.deepEqual(intents, []);
    assert.equal(shown, 100);
  });
}
