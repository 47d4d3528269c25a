/** Does something at an instant, exacter than a timer can. */

const SPIN = 20; // ms before the instant from which on it waits awake: timers come late by about that much

/** Calls `fn` when `clock.serverNow()` reaches `at`, never before it returns; returns the undo. */
export function startAt(clock, at, fn) {
  let timer = null;
  const left = () => at - clock.serverNow();
  const wake = () => {
    if (left() > SPIN) return sleep(); // the clock was stepped meanwhile
    while (left() > 0);
    fn();
  };
  const sleep = () => {
    timer = setTimeout(wake, left() - SPIN);
  };
  sleep();
  return () => clearTimeout(timer);
}
