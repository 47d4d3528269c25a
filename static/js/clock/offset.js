/** From clock samples to the server's clock: offset and error bound; pure. All times in ms. */

const KEEP = 16; // samples
const LIFE = 600_000; // ms: older samples say nothing of today's drift
const DRIFT = 50e-6; // two quartz clocks part by at most about this much
const SLEW = 0.005; // ms a ms: 5 ms/s is not heard, and no jump for the sync engine
const STEP = 100; // ms: further off than this is no noise, go there at once
const JUMP = 1000; // ms between the two clocks of one machine: it slept, or somebody set the clock

/** Returns the sample of one ping: sent `c0`, at the server `s1` to `s2`, back at `c3`. */
export function sample(c0, s1, s2, c3) {
  return { at: c3, rtt: Math.max(0, c3 - c0 - (s2 - s1)), offset: (s1 - c0 + s2 - c3) / 2 };
}

/** Returns the samples to keep at `now`. */
export function keep(samples, now) {
  return samples.filter(({ at }) => now - at < LIFE).slice(-KEEP);
}

/** Returns {offset, error, rtt} at `now`, or null without samples: the mean of the best quarter by round trip. */
export function estimate(samples, now) {
  if (!samples.length) return null;
  const byRtt = [...samples].sort((a, b) => a.rtt - b.rtt);
  const best = byRtt.slice(0, Math.max(2, Math.floor(samples.length / 4)));
  const offset = best.reduce((sum, one) => sum + one.offset, 0) / best.length;
  const { rtt, at } = best[0];
  return { offset, rtt, error: rtt / 2 + DRIFT * (now - at) };
}

/** Returns the offset to show after `elapsed` ms on the way from `shown` to `wanted`. */
export function approach(shown, wanted, elapsed, playing) {
  const way = wanted - shown;
  if (!playing || Math.abs(way) > STEP) return wanted;
  const reach = SLEW * elapsed;
  return shown + Math.max(-reach, Math.min(reach, way));
}

/** Returns whether the machine slept between two readings {mono, wall} of its clocks. */
export function slept(before, after) {
  return Math.abs(after.wall - before.wall - (after.mono - before.mono)) > JUMP;
}
