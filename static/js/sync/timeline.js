/** Where the film should be; pure. Positions in seconds, times in ms of the server's clock. */

/** Returns whether the room's film runs (or will, from the vector's `t`). */
export function moving(vector) {
  return vector.playing && !vector.hold;
}

/** Returns the room's position at `serverNow`; `duration` may be null, NaN or Infinity where it is not known. */
export function positionAt(vector, serverNow, duration) {
  const { pos, rate, t } = vector;
  const run = moving(vector) && serverNow > t ? (rate * (serverNow - t)) / 1000 : 0;
  return duration > 0 ? Math.min(pos + run, duration) : pos + run;
}
