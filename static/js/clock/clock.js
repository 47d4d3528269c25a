/** The server's clock as this page knows it. */
import { Emitter } from '../emitter.js';
import { approach, estimate, keep, sample, slept } from './offset.js';

const SPACING = 80; // ms: 8 pings within 0.6 s
const PERIOD = 60_000; // ms between single pings
const ENOUGH = 4; // samples before anybody may rely on it
const SETTLED = 8; // samples: until then the first guess is replaced, not slewed
const NOTICE = 5; // ms: smaller steps are noise to whoever measures drift
const WAKE = 4; // pings after sleep

/** Events: 'ready' once, 'step' (ms) when the time jumps. */
export class Clock extends Emitter {
  #send;
  #now;
  #wall;
  #samples = [];
  #estimate = null;
  #shown = null;
  #read;
  #seq = 0;
  #waiting = [];
  #minute = null;

  /** True while a film runs: then the time is slewed, else stepped. */
  playing = false;

  /** `send` takes a `ck` message (the caller adds `v`) and whether it is one a minute; `now` and `wall` return ms. */
  constructor(send, now = () => performance.now(), wall = () => Date.now()) {
    super();
    this.#send = send;
    this.#now = now;
    this.#wall = wall;
    this.#read = { mono: now(), wall: wall() };
  }

  /** True once there are samples enough to start a film by. */
  get ready() {
    return this.#samples.length >= ENOUGH;
  }

  /** The best round trip known in ms, or null. */
  get rtt() {
    return this.#estimate && Math.round(this.#estimate.rtt * 10) / 10;
  }

  /** The bound of its error in ms, or null. */
  get error() {
    return this.#estimate && estimate(this.#samples, this.#now()).error;
  }

  /** Sends `n` pings, then one a minute. */
  burst(n) {
    this.stop();
    this.#waiting = Array.from({ length: n }, (_, i) => setTimeout(() => this.#ping(), i * SPACING));
    this.#minute = setInterval(() => this.#ping(true), PERIOD);
  }

  /** Sends no more pings. */
  stop() {
    this.#waiting.forEach(clearTimeout);
    clearInterval(this.#minute);
  }

  /** Takes the server's answer to a ping. */
  receive({ c0, s1, s2 }) {
    const now = this.#now();
    this.#wakeUp();
    const wasReady = this.ready;
    this.#samples = keep([...this.#samples, sample(c0, s1, s2, now)], now);
    this.#estimate = estimate(this.#samples, now);
    if (this.#shown === null || this.#samples.length <= SETTLED) this.#jump(this.#estimate.offset);
    if (this.ready && !wasReady) this.emit('ready');
  }

  /** Returns the server's time in ms. */
  serverNow() {
    this.#wakeUp();
    const now = this.#now();
    if (this.#estimate) this.#advance(now);
    return now + (this.#shown ?? 0);
  }

  #advance(now) {
    const elapsed = now - this.#read.mono;
    const next = approach(this.#shown, this.#estimate.offset, elapsed, this.playing);
    this.#read = { mono: now, wall: this.#wall() };
    this.#jump(next);
  }

  #jump(offset) {
    const way = offset - (this.#shown ?? offset);
    this.#shown = offset;
    if (Math.abs(way) > NOTICE) this.emit('step', way);
  }

  /** Throws the samples away if the machine slept: its monotonic clock may have stood still meanwhile. */
  #wakeUp() {
    const reading = { mono: this.#now(), wall: this.#wall() };
    const woke = slept(this.#read, reading);
    if (!woke) return;
    this.#read = reading;
    this.#samples = [];
    this.burst(WAKE);
  }

  #ping(isMinutely = false) {
    this.#send({ type: 'ck', seq: this.#seq++, c0: this.#now(), rtt: this.rtt }, isMinutely);
  }
}
