import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moving, positionAt } from '../../static/js/sync/timeline.js';
import { seeded, upTo, vector } from './helpers.js';

const HOLD = { reason: 'stalled', names: ['Ann'] };

const CASES = [
  ['a film runs', {}, 2000, 100, 12],
  ['it rests until its start', { t: 5000 }, 2000, 100, 10],
  ['it rests at its start', { t: 5000 }, 5000, 100, 10],
  ['a paused film rests', { playing: false }, 2000, 100, 10],
  ['a held film rests', { hold: HOLD }, 2000, 100, 10],
  ['twice the speed', { rate: 2 }, 2000, 100, 14],
  ['it ends at its duration', {}, 200_000, 100, 100],
  ['a paused position is within the duration, too', { playing: false, pos: 200 }, 0, 100, 100],
  ['no duration, no end', {}, 200_000, null, 210],
  ['a duration that is not known yet', {}, 200_000, NaN, 210],
  ['a live film', {}, 200_000, Infinity, 210],
];

for (const [name, changes, now, duration, position] of CASES) {
  test(name, () => assert.equal(positionAt(vector(changes), now, duration), position));
}

for (const [changes, runs] of [[{}, true], [{ playing: false }, false], [{ hold: HOLD }, false]]) {
  test(`${JSON.stringify(changes)} ${runs ? 'runs' : 'does not run'}`, () => assert.equal(moving(vector(changes)), runs));
}

for (const seed of upTo(50)) {
  test(`a running film never goes back and never leaves its bounds, seed ${seed}`, () => {
    const random = seeded(seed);
    const some = vector({ pos: 90 * random(), rate: 0.25 + 1.75 * random(), t: 1e5 * random() });
    const [earlier, later] = [1e5 * random(), 1e5 * random()].sort((a, b) => a - b);
    const [a, b] = [positionAt(some, earlier, 100), positionAt(some, later, 100)];
    assert.ok(some.pos <= a && a <= b && b <= 100);
  });
}
