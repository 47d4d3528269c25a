// Ten minutes in which nobody acts, in simulated time: the driver with a player that drifts, stalls and jumps by itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Film, story } from './film.js';
import { seeded, upTo, vector } from './helpers.js';

const TEN_MINUTES = 600_000; // ms
const RUNS = vector({ pos: 100, t: 500 });
const RESTS = vector({ playing: false, pos: 100 });

const off = ({ currentTime }) => currentTime - (100 + (performance.now() - 500) / 1000);

for (const seed of upTo(5)) {
  test(`ten idle minutes of a film that runs send no act and one report (seed ${seed})`, async () => {
    await story(RUNS, async ({ intents, reports, statuses }, pass) => {
      await pass(TEN_MINUTES);
      assert.deepEqual([intents, reports], [[], ['ready']]);
      assert.ok(statuses.length < 60, `${statuses.length} statuses`);
    }, new Film(seeded(seed)));
  });

  test(`ten idle minutes of a film that stalls and jumps send no act, and it stays on time (seed ${seed})`, async () => {
    const random = seeded(seed);
    await story(RUNS, async ({ film, intents, reports }, pass) => {
      await pass(TEN_MINUTES, () => {
        if (random() < 0.0003) film.stall(300 + random() * 3000);
        if (random() < 0.0003) film.jump((random() - 0.5) * 1.5);
      });
      await pass(90_000); // the longest wait between two jumps, and a few nudges
      assert.deepEqual([intents, reports.at(-1)], [[], 'ready']);
      assert.ok(Math.abs(off(film)) < 0.1, `${off(film)} s off`);
    }, new Film(random));
  });

  test(`ten idle minutes of a film that rests send no act and one report, and move nothing (seed ${seed})`, async () => {
    await story(RESTS, async ({ film, intents, reports }, pass) => {
      await pass(TEN_MINUTES);
      assert.deepEqual([intents, reports], [[], ['ready']]);
      assert.equal(film.currentTime, 100);
    }, new Film(seeded(seed)));
  });
}
