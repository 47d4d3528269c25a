/** How long to wait before the next attempt to connect; pure. */

const FIRST = 500; // ms
const LONGEST = 10_000; // ms before the jitter, so 15 s with it

/** Returns ms to wait after `attempt` failures (0 first); `random` is a number in [0, 1). */
export function delay(attempt, random) {
  return Math.min(FIRST * 2 ** attempt, LONGEST) * (0.5 + random);
}
