import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approach, estimate, keep, sample, slept } from '../../static/js/clock/offset.js';
import { percentile, seeded, upTo } from './helpers.js';

const TRUTH = 123_456; // ms that the server's clock is ahead

/** Returns the errors of the estimate in 500 runs of 16 pings; `leg(random)` is the delay of one way in ms. */
function errors(leg) {
  return upTo(500).map((seed) => {
    const random = seeded(seed);
    const samples = upTo(16).map((i) => ping(i * 80, leg(random), leg(random)));
    return Math.abs(estimate(samples, 2000).offset - TRUTH);
  });
}

function ping(c0, there, back) {
  const s = c0 + there + TRUTH;
  return sample(c0, s, s, c0 + there + back);
}

test('a symmetric ping gives the exact offset and its round trip', () => {
  assert.deepEqual(sample(100, 1150, 1152, 202), { at: 202, rtt: 100, offset: 1000 });
});

test('a round trip is never negative', () => assert.equal(sample(0, 0, 10, 5).rtt, 0));

test('nothing is known without samples', () => assert.equal(estimate([], 0), null));

test('the slow samples of a burst do not count', () => {
  const samples = [1, 2, 3, 4, 5, 6, 7, 8].map((rtt) => ({ at: 0, rtt, offset: rtt }));
  assert.equal(estimate(samples, 0).offset, 1.5);
});

test('the error bound grows with the age of the best sample', () => {
  assert.equal(estimate([{ at: 0, rtt: 10, offset: 0 }], 100_000).error, 10);
});

test('sixteen samples are kept', () => {
  assert.equal(keep(upTo(20).map((at) => ({ at })), 20).length, 16);
});

test('a sample of ten minutes ago is dropped', () => {
  assert.deepEqual(keep([{ at: 0 }, { at: 1 }], 600_000), [{ at: 1 }]);
});

const APPROACHES = [
  ['a film that runs is slewed by 5 ms a second', 0, 50, 1000, true, 5],
  ['downwards, too', 0, -50, 1000, true, -5],
  ['a small difference is closed', 0, 3, 1000, true, 3],
  ['more than 100 ms are stepped', 0, 101, 1000, true, 101],
  ['a paused film is stepped', 0, 50, 1, false, 50],
];

for (const [name, shown, wanted, elapsed, playing, next] of APPROACHES) {
  test(name, () => assert.equal(approach(shown, wanted, elapsed, playing), next));
}

test('clocks that go on together have not slept', () => {
  assert.equal(slept({ mono: 0, wall: 5000 }, { mono: 60_000, wall: 65_100 }), false);
});

test('a monotonic clock that stood still has slept', () => {
  assert.equal(slept({ mono: 0, wall: 5000 }, { mono: 100, wall: 3_605_000 }), true);
});

test('with 100 ms a leg and 25 ms of jitter the error stays within the figures of the design', () => {
  const seen = errors((random) => 100 + 50 * (random() - 0.5));
  assert.ok(percentile(seen, 0.5) < 4);
  assert.ok(percentile(seen, 0.95) < 10);
});

test('with queues on the way the error stays within the figures of the design', () => {
  const seen = errors((random) => 100 - 15 * Math.log(1 - random()));
  assert.ok(percentile(seen, 0.5) < 3);
  assert.ok(percentile(seen, 0.95) < 8);
});

test('no error is beyond its bound', () => {
  const seen = errors((random) => 200 * random());
  assert.ok(Math.max(...seen) < 200);
});
