import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correction, judged, jumped, nudge } from '../../static/js/sync/correct.js';
import { initial } from '../../static/js/sync/engine.js';
import { input, seeded, upTo } from './helpers.js';

const FINE = { fineRates: true, stairMs: 0 };
const COARSE = { fineRates: false, stairMs: 250 };
const memory = (changes) => ({ ...initial(FINE), ...changes });

const TABLE = [
  // name, drift, memory, input, kind
  ['inside the dead band nothing is done', 40, {}, {}, undefined],
  ['behind the dead band it is nudged', -41, {}, {}, 'nudge'],
  ['ahead of the dead band it is nudged', 41, {}, {}, 'nudge'],
  ['a wider band is kept', 55, { band: 60 }, {}, undefined],
  ['after a start a small drift is nudged once', -21, { fresh: true }, {}, 'nudge'],
  ['after a start the smallest is let be', 20, { fresh: true }, {}, undefined],
  ['two nudges are 4 s apart', 100, { nudgeAfter: 1 }, {}, undefined],
  ['a second is nudged', -1000, {}, {}, 'nudge'],
  ['more than a second is jumped', -1001, {}, {}, 'jump'],
  ['a jump has a cooldown', -5000, { jumpAfter: 1 }, {}, undefined],
  ['hidden, nothing is nudged', 100, {}, { hidden: true }, undefined],
  ['hidden, two seconds are let be', 2000, {}, { hidden: true }, undefined],
  ['hidden, more is jumped', 2001, {}, { hidden: true }, 'jump'],
  ['without fine rates a little ahead is let be', 280, {}, { traits: COARSE }, undefined],
  ['without fine rates ahead waits', 281, {}, { traits: COARSE }, 'wait'],
  ['without fine rates behind is let be', -450, {}, { traits: COARSE }, undefined],
  ['without fine rates far behind is jumped', -451, {}, { traits: COARSE }, 'jump'],
  ['fine rates on a clock in steps have a wider band', 125, {}, { traits: { fineRates: true, stairMs: 250 } }, undefined],
];

for (const [name, drift, known, seen, kind] of TABLE) {
  test(name, () => assert.equal(correction(memory({ drift, ...known }), input(seen))?.kind, kind));
}

test('a nudge pays its own cost in advance', () => {
  const { factor, span, left } = nudge(-50, 18);
  assert.equal(Math.round((factor - 1) * span), 68);
  assert.ok(Math.abs(left) < 1e-9);
});

test('ahead, the cost does part of the work', () => {
  const { factor, span } = nudge(50, 18);
  assert.equal(Math.round((factor - 1) * span), -32);
});

test('what a nudge cannot reach is left', () => assert.equal(nudge(-500, 18).left, -393));

for (const seed of upTo(100)) {
  test(`a nudge is gentle and short, seed ${seed}`, () => {
    const random = seeded(seed);
    const { factor, span } = nudge(2000 * (random() - 0.5), 60 * random());
    assert.ok(Math.abs(factor - 1) <= 0.05 + 1e-9);
    assert.ok(span <= 2500 + 1e-6);
  });
}

test('each jump makes the next wait longer', () => {
  const once = jumped(memory(), 1000);
  assert.equal(once.jumpAfter, 4000);
  assert.equal(jumped(once, 4000).jumpAfter, 10_000);
});

test('no wait is longer than a minute', () => {
  const often = upTo(20).reduce((known) => jumped(known, known.jumpAfter), memory());
  assert.ok(jumped(often, often.jumpAfter).jumpAfter - often.jumpAfter <= 60_000);
});

test('a slow player waits longer', () => {
  assert.equal(jumped(memory({ learned: { seek: 2000 } }), 0).jumpAfter, 6000);
});

test('three failures of one sign widen the band', () => {
  const failed = [1, 2, 3].reduce((known, now) => judged(known, 50, 49, now * 7000), memory());
  assert.equal(failed.band, 60);
});

test('failures of both signs do not', () => {
  const failed = [50, -50, 50, -50].reduce((known, from, i) => judged(known, from, from, i * 5000), memory());
  assert.equal(failed.band, 40);
});

test('failures of more than 30 s do not', () => {
  const failed = [1, 2, 3].reduce((known, now) => judged(known, 50, 50, now * 20_000), memory());
  assert.equal(failed.band, 40);
});

test('a nudge that halved the drift has not failed', () => {
  assert.deepEqual(judged(memory(), 50, 25, 0).failures, []);
});
