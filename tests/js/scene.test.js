import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusOf } from '../../static/js/sync/scene.js';

const FILM = { readyState: 4, seeking: false, ended: false, muted: false, volume: 1 };
const MEMORY = { mode: 'playing', drift: 3 };
const SEEN = { hidden: false, detached: false, silenced: false };
const status = (film = {}, memory = {}, flags = {}) => statusOf({ ...FILM, ...film }, { ...MEMORY, ...memory }, { ...SEEN, ...flags });

test('a film that runs well', () => {
  const well = { state: 'playing', driftMs: 0, detached: false, silenced: false, flowing: true, ad: false, mute: false };
  assert.deepEqual(status(), well);
});

test('drift is told in steps, so that a sample is no news', () => {
  assert.deepEqual([12, 49, -1240, null].map((drift) => status({}, { drift }).driftMs), [0, 0, -1200, null]);
});

test('a film that runs where nobody looks is hidden', () => assert.equal(status({}, {}, { hidden: true }).state, 'hidden'));

test('a film that stalls where nobody looks is stalled', () => {
  assert.equal(status({}, { mode: 'stalled' }, { hidden: true }).state, 'stalled');
});

const FLOWING = [
  ['with data', {}, true],
  ['without data', { readyState: 2 }, false],
  ['that is still seeking', { seeking: true }, false],
  ['at its end, beyond which there is no data', { readyState: 2, ended: true }, true],
];

for (const [name, film, flowing] of FLOWING) {
  test(`a film ${name} ${flowing ? 'has' : 'lacks'} what it needs`, () => assert.equal(status(film).flowing, flowing));
}

for (const [name, film, mute] of [['muted', { muted: true }, true], ['at volume 0', { volume: 0 }, true], ['at low volume', { volume: 0.1 }, false]]) {
  test(`a film ${name} is ${mute ? 'not heard' : 'heard'}`, () => assert.equal(status(film).mute, mute));
}

test('an ad is told', () => assert.equal(status({ ad: true }).ad, true));
