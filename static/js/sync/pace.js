/** Keeping a running film on time: measure, then a nudge, a short wait or a jump; pure. Drift in ms, ahead is positive. */
import { LEAVE, correction, judged, jumped } from './correct.js';
import { learn, median, push } from './drift.js';
import { positionAt } from './timeline.js';

const QUIET = 600; // ms after a play, seek, rate or clock step in which drift says nothing
const ENOUGH = 5; // samples before the median means something
const NUDGE_PAUSE = 4000; // ms between two nudges
const LEARNABLE = 500; // ms: a start that is further off was no matter of latency

/** What is forgotten when a film stops or stalls. */
export const unmeasured = { drifts: [], drift: null, nudge: null, after: null };

/** Returns the memory in which drift is not measured before `now` + 600 ms; `after` says what the first measure teaches. */
export function quiet(memory, now, after = null) {
  return { ...memory, drifts: [], drift: null, after, quietUntil: now + QUIET };
}

/** Returns {memory, acts, jump} for a player that runs. */
export function keepUp(memory, input) {
  if (memory.nudge) return nudging(memory, input);
  const { player, vector, now } = input;
  if (player.rate !== vector.rate) return { memory: quiet(memory, now), acts: [{ do: 'rate', rate: vector.rate }] };
  if (now < memory.quietUntil) return { memory, acts: [] };
  const measured = measure(memory, input);
  if (measured.drift === null) return { memory: measured, acts: [] };
  return corrected(measured, input);
}

/** Returns how far the player is ahead of the room. */
export function driftOf({ player, vector, server, duration }) {
  return (player.time - positionAt(vector, server, duration)) * 1000;
}

function measure(memory, input) {
  const drifts = push(memory.drifts, driftOf(input));
  if (drifts.length < ENOUGH) return { ...memory, drifts };
  const drift = median(drifts);
  return taught({ ...memory, drifts, drift }, drift, input.now);
}

function taught(memory, drift, now) {
  const { after, learned } = memory;
  if (!after) return memory;
  const next = { ...memory, after: null };
  if (after.learn === 'nudge') {
    const nudge = learn(learned.nudge, learned.nudge + after.left - drift, 0.3, 0, 60);
    const [asked, over] = [after.from - after.left, drift - after.left]; // one nudge takes but a part of a large drift
    return judged({ ...next, learned: { ...learned, nudge } }, asked, over, now);
  }
  if (Math.abs(drift) > LEARNABLE) return next;
  return { ...next, learned: { ...learned, start: learn(learned.start, learned.start - drift, 0.5, -50, 1000) } };
}

function corrected(memory, input) {
  const { now, server, vector } = input;
  const what = correction(memory, input);
  if (!what) return { memory, acts: [] };
  if (what.kind === 'jump') return { memory: jumped(memory, now), acts: [], jump: true };
  if (what.kind === 'wait') return waiting(memory, server + what.ms / vector.rate);
  const rate = vector.rate * what.factor;
  const plan = { until: now + what.span / vector.rate, from: memory.drift, left: what.left, up: what.factor > 1 };
  return { memory: { ...memory, mode: 'nudging', nudge: plan, fresh: false }, acts: [{ do: 'rate', rate }] };
}

function waiting(memory, armAt) {
  const at = armAt - memory.learned.start;
  return { memory: { ...memory, ...unmeasured, mode: 'armed', armAt }, acts: [{ do: 'pause' }, { do: 'play', at }] };
}

function nudging(memory, input) {
  const { nudge, learned } = memory;
  const drift = driftOf(input);
  const ranOut = input.now >= nudge.until;
  const crossed = (nudge.up ? drift : -drift) > LEAVE + learned.nudge;
  if (!ranOut && !crossed && !input.hidden) return { memory, acts: [] };
  const after = ranOut ? { learn: 'nudge', from: nudge.from, left: nudge.left } : null;
  const next = { ...memory, mode: 'playing', nudge: null, nudgeAfter: input.now + NUDGE_PAUSE };
  return { memory: quiet(next, input.now, after), acts: [{ do: 'rate', rate: input.vector.rate }] };
}
