import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedViewer, percentile, upTo, vector } from './helpers.js';

const SEEDS = upTo(30);
const room = vector({ t: 200 });
const seeks = (viewer) => viewer.acts.filter((act) => act.do === 'seek').length;
const rates = (viewer) => viewer.acts.filter((act) => act.do === 'rate').length;
const STAIR = { traits: { fineRates: false, stairMs: 250 }, seekMs: [300, 800], startMs: [100, 400] };

for (const seed of SEEDS) {
  test(`a late joiner is with the room within three seconds, seed ${seed}`, () => {
    const late = new SimulatedViewer(seed);
    late.now = 5000;
    assert.ok(Math.abs(late.live(room, 3000).off(room)) < 100);
  });

  test(`a start settles in the dead band, and nudges no more, seed ${seed}`, () => {
    const viewer = new SimulatedViewer(seed).live(room, 20_000);
    const before = viewer.acts.length;
    viewer.live(room, 60_000);
    assert.ok(Math.abs(viewer.off(room)) <= 41);
    assert.equal(viewer.acts.length, before);
    assert.equal(viewer.rate, 1);
  });

  test(`a stall of 300 ms is made up for by nudges, seed ${seed}`, () => {
    const viewer = new SimulatedViewer(seed).live(room, 10_000);
    const before = seeks(viewer);
    viewer.disturb(-0.3);
    viewer.live(room, 30_000);
    assert.ok(Math.abs(viewer.off(room)) <= 41);
    assert.equal(seeks(viewer), before);
    assert.equal(viewer.rate, 1);
  });

  test(`what takes several nudges does not make it less exact, seed ${seed}`, () => {
    const viewer = new SimulatedViewer(seed).live(room, 10_000);
    viewer.disturb(-0.9);
    viewer.live(room, 90_000);
    assert.ok(Math.abs(viewer.off(room)) <= 41);
  });

  test(`three seconds are made up for by one seek, seed ${seed}`, () => {
    const viewer = new SimulatedViewer(seed).live(room, 10_000);
    const before = seeks(viewer);
    viewer.disturb(-3);
    viewer.live(room, 10_000);
    assert.ok(Math.abs(viewer.off(room)) <= 100);
    assert.ok(seeks(viewer) - before <= 2); // the second where the first came late
  });

  test(`a pause rests at the room's position, seed ${seed}`, () => {
    const paused = vector({ v: 2, playing: false, pos: 14.321 });
    const viewer = new SimulatedViewer(seed).live(room, 5000).live(paused, 1000);
    assert.equal(viewer.time, 14.321);
    assert.equal(viewer.paused, true);
  });

  test(`twice the speed is kept, too, seed ${seed}`, () => {
    const fast = vector({ t: 200, rate: 2 });
    const viewer = new SimulatedViewer(seed).live(fast, 30_000);
    assert.ok(Math.abs(viewer.off(fast)) <= 45);
    assert.equal(viewer.rate, 2);
  });

  test(`a player without fine rates never changes its rate, seed ${seed}`, () => {
    const viewer = new SimulatedViewer(seed, STAIR).live(room, 30_000);
    assert.equal(rates(viewer), 0);
    assert.ok(Math.abs(viewer.off(room)) <= 450);
  });
}

test('a nudge that costs more than guessed does not make it hunt', () => {
  const counts = SEEDS.map((seed) => rates(new SimulatedViewer(seed, { nudgeMs: 45 }).live(room, 120_000)));
  assert.ok(percentile(counts, 0.9) <= 8);
});

test('what a start costs is learnt', () => {
  const viewer = new SimulatedViewer(1, { startMs: [90, 90] });
  upTo(8).forEach((i) => viewer.live(vector({ v: 2 * i, t: viewer.now + 200 }), 5000).live(vector({ v: 2 * i + 1, playing: false }), 1000));
  assert.ok(Math.abs(viewer.memory.learned.start - 90) < 10);
});
