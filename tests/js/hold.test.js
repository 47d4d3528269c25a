import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SimulatedViewer, upTo, vector } from './helpers.js';

const PLAYING = vector({ t: 1000 });
const HELD = vector({ v: 2, pos: 15, t: 6000, hold: { kind: 'wait', users: [7], until: null } });
const SETTLED = { startMs: [10, 50] }; // 20 ms around what a start is believed to cost

/** Returns a viewer that played for five seconds, then waited with the room for two. */
const waiting = (seed) => new SimulatedViewer(seed, SETTLED).live(PLAYING, 6000).live(HELD, 2000);
const goesOn = (lead) => vector({ v: 3, pos: 15, t: 8000 + lead });
const place = ({ paused, time }) => [paused, time];

for (const seed of upTo(20)) {
  test(`who has to wait rests exactly where all do, seed ${seed}`, () => assert.deepEqual(place(waiting(seed)), [true, 15]));

  test(`who joins while the room waits, waits with it, seed ${seed}`, () => {
    assert.deepEqual(place(new SimulatedViewer(seed).live(HELD, 2000)), [true, 15]);
  });

  test(`a jump while the room waits is where all rest then, seed ${seed}`, () => {
    assert.deepEqual(place(waiting(seed).live({ ...HELD, v: 3, pos: 60 }, 1000)), [true, 60]);
  });

  for (const lead of [150, 600, 3000]) {
    test(`a wait that ends in ${lead} ms is over within 30 ms of that, seed ${seed}`, () => {
      const viewer = waiting(seed).live(goesOn(lead), lead + 300);
      assert.equal(viewer.paused, false);
      assert.ok(Math.abs(viewer.off(goesOn(lead))) <= 30, `${viewer.off(goesOn(lead))} ms off`);
    });
  }

  test(`during a countdown the film does not move, seed ${seed}`, () => {
    assert.deepEqual(place(waiting(seed).live(goesOn(3000), 2900)), [true, 15]);
  });

  test(`who joins during a countdown starts with the others, seed ${seed}`, () => {
    const viewer = new SimulatedViewer(seed, SETTLED).live(HELD, 0).live(goesOn(3000), 11_300);
    assert.ok(Math.abs(viewer.off(goesOn(3000))) <= 30, `${viewer.off(goesOn(3000))} ms off`);
  });
}
