/** A clock out of a position that an iframe reports in steps of about 250 ms; pure. Positions in seconds, times in ms. */

const CHANGES = 6; // steps remembered
const FROZEN = 700; // ms without a step: the film stands
const BREAK = 0.4; // seconds that a step is off the line: the film stood meanwhile, or jumped

/** Returns a stair that stands at `value` since `now`. */
export function standing(value, now) {
  return { value, changedAt: now, lines: [] };
}

/**
 * Returns the stair after the position `value` was read at `now`.
 * A step is read late, never early: of the last lines through (now, value) the highest is the nearest to the truth.
 */
export function climb(stair, value, now, rate) {
  if (value === stair.value) return stair;
  const line = value - (rate * now) / 1000;
  const broken = stair.lines.length > 0 && Math.abs(line - Math.max(...stair.lines)) > BREAK;
  return { value, changedAt: now, lines: broken ? [line] : [...stair.lines, line].slice(-CHANGES) };
}

/** Returns whether the position has not changed for so long that the film must stand. */
export function frozen(stair, now) {
  return now - stair.changedAt > FROZEN;
}

/** Returns the position at `now`. */
export function positionOn(stair, now, rate) {
  if (!stair.lines.length) return stair.value;
  const until = Math.min(now, stair.changedAt + FROZEN);
  return Math.max(stair.value, Math.max(...stair.lines) + (rate * until) / 1000);
}
