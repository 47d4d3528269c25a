/** Statistics of drift and of what a player costs; pure. */

const WINDOW = 9; // samples

/** Returns the window with one sample more. */
export function push(window, sample) {
  return [...window, sample].slice(-WINDOW);
}

/** Returns the middle of a list of numbers. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Returns an estimate moved by `share` of the way to what was just seen, within [low, high]. */
export function learn(known, seen, share, low, high) {
  return Math.max(low, Math.min(high, known + share * (seen - known)));
}
