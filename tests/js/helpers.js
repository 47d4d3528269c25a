/** What several tests share: a random generator with a seed, percentiles, a film player that is only simulated. */
import { initial, step } from '../../static/js/sync/engine.js';
import { positionAt } from '../../static/js/sync/timeline.js';

/** Returns a generator of numbers in [0, 1), the same for the same seed. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns the value below which a share of the values lies. */
export function percentile(values, share) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)];
}

/** Returns the integers from 1 to `n`: seeds for a property. */
export const upTo = (n) => Array.from({ length: n }, (_, i) => i + 1);

/** Returns a vector, by default of a room that plays from 10 s since the server's second 0. */
export function vector(changes = {}) {
  return { v: 1, epoch: 'e', entry: '1', pos: 10, rate: 1, playing: true, hold: null, t: 0, by: null, ...changes };
}

/** Returns an input of the engine: a player that is paused at 0 in a room that plays. */
export function input({ player, ...changes } = {}) {
  const still = { ready: true, time: 0, paused: true, seeking: false, ended: false, flowing: true, rate: 1, ...player };
  const common = { now: 0, server: 0, vector: vector(), duration: 100, hidden: false, blocked: false, held: false };
  return { ...common, traits: { fineRates: true, stairMs: 0 }, ...changes, player: still };
}

const TICK = 100; // ms

/** A player with the costs that were measured in Chromium, driven by the engine through simulated time. */
export class SimulatedViewer {
  #random;
  #position = 0;
  #since = 0;
  #seekEnds = null;
  #playAt = null;
  now = 0;
  paused = true;
  rate = 1;
  acts = [];

  constructor(seed, { seekMs = [10, 60], startMs = [0, 80], nudgeMs = 18, traits = { fineRates: true, stairMs: 0 } } = {}) {
    this.#random = seeded(seed);
    this.costs = { seekMs, startMs, nudgeMs };
    this.traits = traits;
    this.memory = initial(traits);
  }

  get time() {
    return this.paused || this.#seekEnds !== null ? this.#position : this.#position + ((this.now - this.#since) / 1000) * this.rate;
  }

  /** Moves the film by seconds, as a stall or a fault of the decoder would. */
  disturb(seconds) {
    this.#position += seconds;
  }

  /** Lives for `ms` with a vector. */
  live(vector, ms) {
    const end = this.now + ms;
    while (this.now < end) this.#turn(vector, end);
    return this;
  }

  /** Returns how far it is from the room, in ms. */
  off(vector) {
    return (this.time - positionAt(vector, this.now)) * 1000;
  }

  #turn(vector, end) {
    const player = { ready: true, time: this.time, paused: this.paused, seeking: this.#seekEnds !== null, ended: false, flowing: true, rate: this.rate };
    const seen = input({ now: this.now, server: this.now, vector, duration: NaN, traits: this.traits, player });
    const { memory, acts } = step(this.memory, seen);
    this.memory = memory;
    if (memory.mode !== 'armed') this.#playAt = null;
    acts.forEach((act) => this.#do(act));
    this.#pass(Math.min(end, this.now + TICK));
  }

  #pass(until) {
    const next = Math.min(until, this.#seekEnds ?? Infinity, this.#playAt ?? Infinity);
    this.now = Math.max(this.now, next);
    if (this.#playAt !== null && this.now >= this.#playAt) this.#start();
    if (this.#seekEnds !== null && this.now >= this.#seekEnds) this.#seekEnds = null;
  }

  #start() {
    this.#playAt = null;
    this.paused = false;
    this.#since = this.now + this.#between(this.costs.startMs);
  }

  #do(act) {
    this.acts.push({ ...act, now: this.now });
    const here = this.time;
    if (act.do === 'pause') [this.#position, this.paused] = [here, true];
    if (act.do === 'seek') [this.#position, this.#seekEnds] = [act.to, this.now + this.#between(this.costs.seekMs)];
    if (act.do === 'play') this.#playAt = Math.max(act.at, this.now);
    if (act.do === 'rate') [this.#position, this.#since, this.rate] = [here - this.#cost(), this.now, act.rate];
  }

  #cost() {
    return this.paused ? 0 : this.costs.nudgeMs / 2 / 1000;
  }

  #between([low, high]) {
    return low + this.#random() * (high - low);
  }
}
