/** What the driver asked of the player and the player has not reported yet: an event that was asked for is nobody's act; pure. */

const PATIENCE = 3000; // ms: an iframe player may take this long to report
const NEAR = 1; // seconds between the seek that was asked for and where the player landed

/** Returns the list with one expectation more: `kind` is the event play, pause or seeking, `target` a position for a seek. */
export function expect(list, kind, now, target = null) {
  return [...list, { kind, target, deadline: now + PATIENCE }];
}

/** Returns {list, matched}: the list without the expectation that an event meets, if there is one. */
export function meet(list, kind, now, position) {
  const live = list.filter(({ deadline }) => now <= deadline);
  const index = live.findIndex((one) => one.kind === kind && isNear(one.target, position));
  return { list: live.filter((_, i) => i !== index), matched: index >= 0 };
}

function isNear(target, position) {
  return target === null || Math.abs(target - position) <= NEAR;
}
