/**
 * What the player has to do now; pure: (memory, input) → {memory, acts}.
 *
 * input: now (ms, monotonic), server (ms) or null, vector or null, duration, hidden, blocked, held (hands off: a person's
 * act is being looked at), traits {fineRates, stairMs}, player {ready, time, paused, seeking, ended, flowing, ad, rate}.
 * acts: {do: 'pause'}, {do: 'seek', to}, {do: 'rate', rate}, {do: 'play', at} with `at` in server ms.
 * memory.mode: loading, paused, seeking (at rest), priming, armed, playing, nudging, stalled, blocked, ended.
 */
import { BAND, COOLDOWN } from './correct.js';
import { keepUp, quiet, unmeasured } from './pace.js';
import { moving, positionAt } from './timeline.js';

const LEAD = 100; // ms beyond the learned seek, for the time until the start
const CLOSE = 0.015; // seconds: so near that a seek would not be seen
const REST = 0.01; // seconds: half a frame of the fastest films
const REST_STAIR = 0.1; // seconds, for players that report in steps
const ON_COURSE = 0.25; // seconds: a film that runs so near is corrected, not restarted
const ON_COURSE_COARSE = 0.4; // seconds
const LATE = 40; // ms: a start that was missed by less goes ahead
const LATE_COARSE = 250; // ms: less than what a seek of such a player costs
const TRIES = 3; // seeks for one start: the second finds its data loaded
const REST_TRIES = 2;
const SEEK_PATIENCE = 15_000; // ms
const START_PATIENCE = 2_000; // ms
const EARLY = 1_500; // ms: whatever runs so long before its start was not started by this program
const END = 0.05; // seconds

const GUESS = { seek: 40, start: 30, nudge: 18 }; // ms that a player's acts cost, until it is learnt
const GUESS_STAIR = { seek: 700, start: 200, nudge: 18 };

/** Returns the memory of a player that was just attached; `learned` is what was found out about its kind before. */
export function initial({ stairMs }, learned = stairMs ? GUESS_STAIR : GUESS) {
  const place = { armAt: 0, sentAt: 0, restedAt: null, tries: 0, missed: false };
  const patience = { quietUntil: 0, jumpAfter: 0, cooldown: COOLDOWN, nudgeAfter: 0, failures: [], band: BAND, fresh: false };
  return { mode: 'loading', v: null, epoch: null, ...place, ...patience, ...unmeasured, learned };
}

/** Returns {memory, acts} at one instant. */
export function step(before, input) {
  const { vector, player } = input;
  if (!vector || !player.ready) return stay({ ...before, tries: 0 }, 'loading');
  const memory = adopt(before, vector);
  if (input.held) return stay(memory);
  if (!moving(vector)) return rest(memory, input);
  if (input.blocked) return stay(memory, 'blocked');
  if (input.server === null) return stay(memory);
  return follow(memory, input);
}

function stay(memory, mode = memory.mode, acts = []) {
  return { memory: { ...memory, mode }, acts };
}

/** Returns the memory of a player that has to find its place anew. */
export function afresh(memory) {
  return { ...memory, ...unmeasured, mode: 'paused', tries: 0, missed: false, jumpAfter: 0, cooldown: COOLDOWN, failures: [] };
}

function adopt(memory, { v, epoch }) {
  return memory.v === v && memory.epoch === epoch ? memory : { ...afresh(memory), v, epoch };
}

function rest(memory, { player, vector, traits, server, duration }) {
  if (vector.hold && isCatchingUp(player, traits)) return stay(memory, 'stalled', atRate(player, vector));
  const to = positionAt(vector, server, duration);
  const acts = [...stop(player), ...atRate(player, vector)];
  const there = isThere(memory, player, traits, to) || memory.tries >= REST_TRIES;
  if (there) return stay(memory, player.seeking ? 'seeking' : 'paused', acts);
  return stay({ ...memory, tries: memory.tries + 1, restedAt: to }, 'seeking', [...acts, { do: 'seek', to }]);
}

/** An iframe loads only while it plays, and its ad ends only if it plays on: while the room waits it may, then it rests. */
function isCatchingUp({ paused, seeking, flowing }, { stairMs }) {
  return stairMs > 0 && !paused && !seeking && !flowing;
}

/** A player that stops by itself shows this frame or the next: all show the same one only after a seek, the actor too. */
function isThere({ restedAt }, { time }, { stairMs }, to) {
  return stairMs ? Math.abs(time - to) < REST_STAIR : restedAt === to && Math.abs(time - to) < REST;
}

function follow(memory, input) {
  if (atEnd(input)) return finish(memory, input);
  if (memory.mode === 'priming') return primed(memory, input);
  if (memory.mode === 'armed') return armed(memory, input);
  if (['playing', 'nudging', 'stalled'].includes(memory.mode)) return going(memory, input);
  return begin(memory, input);
}

function atEnd({ vector, server, duration }) {
  return duration > 0 && positionAt(vector, server, duration) > duration - END;
}

/** The room's film is over: who still plays plays on to the end, who is elsewhere goes there. */
function finish(memory, { player, duration }) {
  const away = player.paused && !player.ended && player.time < duration - 1 && memory.tries < 1;
  if (!away) return stay(memory, 'ended');
  return stay({ ...memory, tries: 1 }, 'ended', [{ do: 'seek', to: duration }]);
}

function begin(memory, input) {
  const { player, vector, server, now } = input;
  const wait = Math.max(0, vector.t - server);
  if (player.paused || player.seeking) return start(memory, input);
  if (player.ad) return stall(memory, input); // stopped, it would only last longer
  const then = player.time + (vector.rate * wait) / 1000;
  const off = Math.abs(then - positionAt(vector, Math.max(server, vector.t)));
  if (off > (input.traits.stairMs ? ON_COURSE_COARSE : ON_COURSE)) return prime(memory, input);
  return stay(quiet(memory, now + wait), 'playing', atRate(player, vector));
}

function start(memory, input) {
  const { player, vector, server, traits } = input;
  const late = server + memory.learned.start - vector.t;
  const near = !player.seeking && player.flowing && Math.abs(player.time - vector.pos) <= (traits.stairMs ? REST_STAIR : CLOSE);
  if (near && late < tolerance(input)) return arm({ ...memory, armAt: vector.t }, input);
  return prime(memory, input);
}

function tolerance({ traits }) {
  return traits.stairMs ? LATE_COARSE : LATE;
}

/** Goes to where the film will be, paused: a seek in a running player loses about 90 ms, and nobody knows how many. */
function prime(memory, input) {
  const { player, vector, server, now, duration } = input;
  const armAt = Math.max(vector.t, server + memory.learned.seek + LEAD);
  const to = positionAt(vector, armAt, duration);
  const primedMemory = { ...memory, ...unmeasured, armAt, sentAt: now, tries: memory.tries + 1 };
  return stay(primedMemory, 'priming', [...stop(player), ...atRate(player, vector), { do: 'seek', to }]);
}

function primed(memory, input) {
  const { player, server, now } = input;
  const took = now - memory.sentAt;
  if (player.seeking || !player.flowing) return took > SEEK_PATIENCE ? prime(memory, input) : stay(memory);
  const learned = { ...memory.learned, seek: seekCost(memory.learned.seek, took) };
  const late = server + learned.start - memory.armAt;
  if (late > tolerance(input) && memory.tries < TRIES) return prime({ ...memory, learned }, input);
  return arm({ ...memory, learned }, input);
}

/** Rises fast and falls slowly: a start that comes late costs another seek, one that waits a little costs nothing. */
function seekCost(known, took) {
  const seen = Math.min(took, 2000);
  return known + (seen > known ? 0.7 : 0.2) * (seen - known);
}

function arm(memory, input) {
  const at = memory.armAt - memory.learned.start;
  return stay({ ...memory, restedAt: null }, 'armed', [...atRate(input.player, input.vector), { do: 'play', at }]);
}

function armed(memory, input) {
  const { player, server, now } = input;
  if (!player.paused && server < memory.armAt - EARLY) return prime(memory, input);
  if (!player.paused) return stay(quiet({ ...memory, missed: false, fresh: true }, now, { learn: 'start' }), 'playing');
  if (server > memory.armAt + START_PATIENCE) return prime(memory, input);
  return stay(memory);
}

function going(memory, input) {
  const { player, now } = input;
  if (player.ended) return stay(memory, 'ended');
  // A pause or seek shows in the player before its event does: leave the event one turn to say whose it is.
  if ((player.paused || player.seeking) && !memory.missed) return stay({ ...memory, missed: true });
  if (player.paused) return begin({ ...memory, missed: false, tries: 0 }, input);
  if (!player.flowing || player.seeking) return stall(memory, input);
  if (memory.mode === 'stalled') return stay(quiet({ ...memory, tries: 0, missed: false }, now, memory.after), 'playing');
  const { memory: next, acts, jump } = keepUp({ ...memory, missed: false }, input);
  return jump ? prime({ ...next, tries: 0 }, input) : { memory: next, acts };
}

function stall(memory, input) {
  const unknown = { ...memory, ...unmeasured, after: lesson(memory, input) };
  return stay(unknown, 'stalled', atRate(input.player, input.vector));
}

/** An iframe player buffers at each start: that is its latency, and no stall. */
function lesson({ after }, { traits }) {
  return traits.stairMs && after?.learn === 'start' ? after : null;
}

function stop(player) {
  return player.paused ? [] : [{ do: 'pause' }];
}

function atRate(player, { rate }) {
  return player.rate === rate ? [] : [{ do: 'rate', rate }];
}
