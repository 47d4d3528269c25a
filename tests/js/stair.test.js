import assert from 'node:assert/strict';
import { test } from 'node:test';
import { climb, frozen, positionOn, standing } from '../../static/js/players/stair.js';
import { seeded, upTo } from './helpers.js';

const STEP = 250; // ms
const reported = (ms) => (Math.floor(ms / STEP) * STEP) / 1000;

/** Returns the stair after 3 s of polls about every 100 ms, and the time of the last. */
function polled(seed) {
  const random = seeded(seed);
  const times = upTo(30).map((i) => i * 100 + 30 * random());
  return [times.reduce((stair, now) => climb(stair, reported(now), now, 1), standing(0, 0)), times.at(-1)];
}

for (const seed of upTo(30)) {
  test(`the position between two steps is good to 60 ms and never ahead, seed ${seed}`, () => {
    const [stair, now] = polled(seed);
    const error = positionOn(stair, now + 90, 1) - (now + 90) / 1000;
    assert.ok(error <= 1e-9 && error > -0.06);
  });
}

test('before the first step it stands', () => assert.equal(positionOn(standing(7, 0), 200, 1), 7));

test('a film that reports nothing for 700 ms stands', () => {
  const stair = climb(standing(7, 0), 7.25, 250, 1);
  assert.equal(frozen(stair, 950), false);
  assert.equal(frozen(stair, 951), true);
  assert.equal(positionOn(stair, 5000, 1), 7.95);
});

test('the same value is no step', () => {
  const stair = standing(7, 0);
  assert.equal(climb(stair, 7, 100, 1), stair);
});

test('twice the rate runs twice as fast', () => {
  assert.equal(positionOn(climb(standing(7, 0), 7.5, 250, 2), 350, 2), 7.7);
});

test('after a jump only the new place counts', () => {
  const [stair, now] = polled(1);
  assert.equal(positionOn(climb(stair, 60, now, 1), now, 1), 60);
});
