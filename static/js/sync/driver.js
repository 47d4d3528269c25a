/** Makes one player obey the room: timers and effects around the pure engine. */
import { Emitter, listen } from '../emitter.js';
import { Acts } from './acts.js';
import { Autoplay } from './autoplay.js';
import { afresh, initial, step } from './engine.js';
import { quiet } from './pace.js';
import { Page } from './page.js';
import { readPlayer, statusOf } from './scene.js';
import { startAt } from './start.js';
import { moving } from './timeline.js';

const FAST = 100; // ms between samples while something is being found out
const SLOW = 250; // ms between samples while all is well
const FAST_SPAN = 5000; // ms after a start or a correction
const GRACE = 2000; // ms for the room to answer an act before the player goes back to what the room does
const RETRY = 5000; // ms before a source that broke off is loaded again
const WAKE = 4; // pings
const DRIFT_LIMIT = 60_000; // ms: what a clock ping may carry
const RUNNING = new Set(['priming', 'armed', 'playing', 'nudging', 'stalled']);
const REPORTS = ['play', 'pause', 'seeking']; // what a person can do to a player
const WAKERS = ['loadedmetadata', 'canplay', 'seeked', 'playing', 'waiting', 'ratechange', 'ended'];

// Not exactly where the player stands: Chromium skips a seek to there, and another frame than everybody's would stay.
const toMs = (seconds) => Math.floor(seconds * 1000) / 1000;

/**
 * Events: 'status' {state, driftMs (in steps of 100), detached, silenced, flowing, ad, mute}, 'intent' {kind, pos}, 'ended',
 * 'meta' {duration, live, title}, 'fault' {reason, message}.
 */
export class Driver extends Emitter {
  #clock;
  #page = new Page();
  #acts = new Acts(this.#page, () => ({ ...this.#input(), mode: this.#memory.mode }), (...seen) => this.#judged(...seen));
  #player = null;
  #autoplay = null;
  #vector = null;
  #memory = null;
  #learned = new Map();
  #undo = [];
  #timer = null;
  #reload = null;
  #unarm = () => {};
  #handsOff = 0;
  #detached = false;
  #told = '';

  constructor({ clock }) {
    super();
    this.#clock = clock;
    clock.on('ready', () => this.#step());
    clock.on('step', () => this.#unsettle());
  }

  /** {drift}: how far a film that runs is ahead of the room, in whole ms; or null. */
  get drift() {
    const { mode, drift = null } = this.#memory ?? {};
    return RUNNING.has(mode) && drift !== null ? { drift: Math.max(-DRIFT_LIMIT, Math.min(DRIFT_LIMIT, Math.round(drift))) } : null;
  }

  /** Takes over a player; the one before is let go. */
  attach(player) {
    this.detach();
    this.#player = player;
    this.#autoplay = new Autoplay(player, { starts: () => this.#acts.expect('play'), refused: () => this.#step() });
    this.#memory = initial(player.traits, this.#learned.get(player.localName));
    this.#undo = [
      ...REPORTS.map((kind) => listen(player, kind, () => this.#reported(kind))),
      ...WAKERS.map((name) => listen(player, name, () => this.#step())),
      listen(player, 'durationchange', () => this.#meta()),
      listen(player, 'ended', () => this.#vector && moving(this.#vector) && this.emit('ended')),
      listen(player, 'error', () => this.#fault()),
      listen(player, 'volumechange', () => this.#heard()),
      this.#page.watch(() => this.#seen(), () => this.#clock.burst(WAKE)),
    ];
    this.#meta();
    if (player.error) this.#fault();
    this.#step();
  }

  /** Lets the player go, as it is. */
  detach() {
    if (!this.#player) return;
    this.#learned.set(this.#player.localName, this.#memory.learned);
    this.#autoplay.end();
    for (const undo of this.#undo.splice(0)) undo();
    for (const timer of [this.#timer, this.#reload]) clearTimeout(timer);
    this.#unarm();
    this.#acts.forget();
    this.#player = this.#autoplay = null;
    this.#detached = false;
  }

  /** Makes `vector` the law; the same one again takes back a `freeze`, and whatever a person did to this player. */
  obey(vector) {
    const { epoch, v } = this.#vector ?? {};
    if (vector.epoch !== epoch || vector.v !== v) this.#detached = false;
    else this.#memory &&= afresh(this.#memory);
    this.#vector = vector;
    this.#handsOff = 0;
    this.#acts.forget();
    this.#step();
  }

  /** Pauses before the room knows, so that the actor keeps its frame; returns the position for the op. */
  freeze() {
    if (!this.#player) return 0;
    this.#handsOff = performance.now() + GRACE;
    this.#do({ do: 'pause' });
    this.#step();
    return toMs(this.#player.currentTime);
  }

  /** Brings sound and play back; call it inside a user gesture. */
  unlock() {
    this.#detached = false;
    if (this.#autoplay?.unlock()) this.#do({ do: 'pause' });
    this.#step();
  }

  #step() {
    clearTimeout(this.#timer);
    if (!this.#player) return;
    const input = this.#input(); // first: reading the clock may step it, which changes the memory
    const { memory, acts } = step(this.#memory, input);
    this.#memory = memory;
    if (memory.mode !== 'armed') this.#unarm();
    acts.forEach((act) => this.#do(act));
    this.#clock.playing = RUNNING.has(memory.mode);
    this.#tell();
    this.#sleep(input.now);
  }

  #input() {
    const player = this.#player;
    const now = performance.now();
    return {
      now,
      server: this.#clock.ready ? this.#clock.serverNow() : null,
      vector: this.#vector,
      duration: player.duration,
      hidden: this.#page.hidden,
      blocked: this.#autoplay.blocked,
      held: this.#acts.looking || this.#detached || now < this.#handsOff,
      traits: player.traits,
      player: readPlayer(player),
    };
  }

  #sleep(now) {
    const busy = this.#memory.nudge || now < this.#memory.quietUntil + FAST_SPAN;
    const period = busy ? FAST : SLOW;
    const wait = now < this.#handsOff ? this.#handsOff - now : RUNNING.has(this.#memory.mode) && period;
    if (wait) this.#timer = setTimeout(() => this.#step(), wait);
  }

  #do(act) {
    const player = this.#player;
    if (act.do === 'rate') player.playbackRate = act.rate;
    if (act.do === 'play') {
      this.#unarm();
      this.#unarm = startAt(this.#clock, act.at, () => this.#autoplay.play());
    }
    if (act.do === 'pause' && !player.paused) {
      this.#acts.expect('pause');
      player.pause();
    }
    if (act.do === 'seek') {
      this.#acts.expect('seeking', act.to);
      player.currentTime = act.to;
    }
  }

  #reported(kind) {
    if (!this.#acts.met(kind, this.#player.currentTime)) this.#surprised(kind);
    this.#step();
  }

  #surprised(kind) {
    if (kind === 'play') this.#autoplay.blocked = this.#detached = false; // it runs: nothing holds it any more
    if (!this.#detached && performance.now() >= this.#handsOff) this.#acts.look(kind);
  }

  #judged(whose, kind, { player }) {
    if (whose === 'detached') this.#detached = true;
    if (whose === 'intent') {
      this.#handsOff = performance.now() + GRACE;
      this.emit('intent', { kind: kind === 'seeking' ? 'seek' : kind, pos: toMs(player.time) });
    }
    this.#step();
  }

  /** What was measured so far says nothing any more. */
  #unsettle() {
    this.#memory &&= quiet(this.#memory, performance.now());
  }

  #seen() {
    if (!this.#page.hidden) {
      this.#clock.burst(WAKE);
      this.#detached = false;
      this.#unsettle();
    }
    this.#step();
  }

  #heard() {
    this.#autoplay.heard();
    this.#tell();
  }

  #meta() {
    const { duration, title } = this.#player;
    const live = duration === Infinity;
    if (duration > 0) this.emit('meta', { duration: live ? null : duration, live, title: title || null });
  }

  #fault() {
    const { reason, message } = this.#player.fault;
    this.emit('fault', { reason, message });
    clearTimeout(this.#reload);
    if (reason === 'network') this.#reload = setTimeout(() => this.#player.load(), RETRY);
  }

  #tell() {
    const flags = { hidden: this.#page.hidden, detached: this.#detached, silenced: this.#autoplay.silenced };
    const status = statusOf(this.#player, this.#memory, flags);
    const before = this.#told;
    this.#told = JSON.stringify(status);
    if (this.#told !== before) this.emit('status', status);
  }
}
