import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedViewer, upTo, vector } from './helpers.js';

const PLAYING = vector({ t: 1000 });
const HOLD = { kind: 'wait', users: [7], until: null };
const held = (changes) => vector({ v: 2, pos: 15, t: 6000, hold: HOLD, ...changes });

/** Returns a viewer that played for five seconds, then was told to wait. */
function waiting(seed) {
  return new SimulatedViewer(seed).live(PLAYING, 6000).live(held(), 2000);
}

for (const seed of upTo(20)) {
  test(`who has to wait rests exactly where all do, seed ${seed}`, () => {
    const viewer = waiting(seed);
    assert.equal(viewer.paused, true);
    assert.ok(Math.abs(viewer.time - 15) < 0.002);
  });

  for (const lead of [150, 600, 3000]) {
    test(`a wait that ends in ${lead} ms is a start like any other, seed ${seed}`, () => {
      const on = vector({ v: 3, pos: 15, t: 8000 + lead });
      const viewer = waiting(seed).live(on, lead + 2000);
      assert.equal(viewer.paused, false);
      assert.ok(Math.abs(viewer.off(on)) < 60, `${viewer.off(on)} ms off`);
    });
  }

  test(`during a countdown the film does not move, seed ${seed}`, () => {
    const viewer = waiting(seed).live(vector({ v: 3, pos: 15, t: 11000 }), 2800);
    assert.equal(viewer.paused, true);
    assert.ok(Math.abs(viewer.time - 15) < 0.02);
  });

  test(`who joins while the room waits, waits with it, seed ${seed}`, () => {
    const viewer = new SimulatedViewer(seed).live(held(), 2000);
    assert.equal(viewer.paused, true);
    assert.ok(Math.abs(viewer.time - 15) < 0.002);
  });
}
