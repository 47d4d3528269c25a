/** What to do about drift; pure. Drift in ms of film: above zero the player is ahead. */

const HARD = 1000; // ms: past this no gentle way is quick enough
const HARD_COARSE = 450; // ms, for players without fine rates
const HARD_HIDDEN = 2000; // ms: nobody looks
const BAND_COARSE = 280; // ms: below the stair of such a player's clock there is nothing to measure
const NUDGE_SPAN = 2500; // ms, the longest nudge
const NUDGE_LOW = 0.01;
const NUDGE_HIGH = 0.05; // of the rate: above this people hear it
const FAILURES = 3; // of one sign
const FAILURE_SPAN = 30_000; // ms
const WIDER = 1.5;

export const BAND = 40; // ms: a nudge costs about 18 ms of lag by itself, so a band near that hunts for ever
export const LEAVE = 10; // ms
const BAND_FRESH = 20; // ms, for one nudge after each start: it cannot hunt, and what is left then stays for long
export const COOLDOWN = 3000; // ms between two jumps at first
const COOLDOWN_MOST = 60_000; // ms

/** Returns null, {kind: 'jump'}, {kind: 'wait', ms} (a short pause) or {kind: 'nudge', factor, span, left}. */
export function correction(memory, input) {
  const { drift } = memory;
  const { fineRates, stairMs } = input.traits;
  if (Math.abs(drift) > hard(input)) return input.now >= memory.jumpAfter ? { kind: 'jump' } : null;
  if (input.hidden) return null;
  if (!fineRates) return drift > BAND_COARSE ? { kind: 'wait', ms: drift } : null;
  const band = memory.fresh ? Math.min(BAND_FRESH, memory.band) : memory.band;
  if (Math.abs(drift) <= Math.max(band, stairMs / 2) || input.now < memory.nudgeAfter) return null;
  return nudge(drift, memory.learned.nudge);
}

/** Returns the nudge that ends at no drift, its own cost paid in advance; `left` is the drift that it cannot reach. */
export function nudge(drift, cost) {
  const gain = cost - drift;
  const size = Math.max(NUDGE_LOW, Math.min(NUDGE_HIGH, Math.abs(gain) / NUDGE_SPAN));
  const span = Math.min(NUDGE_SPAN, Math.abs(gain) / size);
  const way = Math.sign(gain) * size;
  return { kind: 'nudge', factor: 1 + way, span, left: way * span - gain };
}

/** Returns the memory after a jump at `now`: each one makes the next wait longer. */
export function jumped(memory, now) {
  const calm = now - memory.jumpAfter > COOLDOWN_MOST;
  const wait = Math.max(calm ? COOLDOWN : memory.cooldown, 3 * memory.learned.seek);
  return { ...memory, jumpAfter: now + wait, cooldown: Math.min(COOLDOWN_MOST, 2 * wait) };
}

/** Returns the memory after a nudge from drift `from` came out at `drift`; three that failed widen the band. */
export function judged(memory, from, drift, now) {
  if (Math.abs(drift) <= Math.abs(from) / 2) return memory;
  const sign = Math.sign(from);
  const failures = [...memory.failures, { sign, now }].filter((one) => one.sign === sign && now - one.now < FAILURE_SPAN);
  if (failures.length < FAILURES) return { ...memory, failures };
  return { ...memory, failures: [], band: memory.band * WIDER };
}

function hard({ hidden, traits }) {
  if (hidden) return HARD_HIDDEN;
  return traits.fineRates ? HARD : HARD_COARSE;
}
