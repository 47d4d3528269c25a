import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initial, reduce } from '../../static/js/state/reduce.js';
import { seeded, upTo, vector } from './helpers.js';

const st = (changes) => ({ type: 'st', ...vector(changes) });
const after = (...messages) => messages.reduce((state, message) => reduce(state, message).state, initial);

test('the first vector is applied', () => {
  assert.deepEqual(after(st({ v: 7 })).vector, vector({ v: 7 }));
});

const VERSIONS = [
  ['a greater version is applied', { v: 6, pos: 1 }, 1],
  ['the same version is ignored', { v: 5, pos: 1 }, 10],
  ['an older version is ignored', { v: 4, pos: 1 }, 10],
  ['a new epoch is applied with any version', { v: 1, epoch: 'f', pos: 1 }, 1],
];

for (const [name, changes, pos] of VERSIONS) {
  test(name, () => assert.equal(after(st({ v: 5 }), st(changes)).vector.pos, pos));
  test(`${name}, in a refusal, too`, () => {
    const nak = { type: 'nak', id: 'abcdefgh', reason: 'already', st: vector(changes) };
    assert.equal(after(st({ v: 5 }), nak).vector.pos, pos);
  });
}

for (const [v, ask] of [[4, false], [5, false], [6, true]]) {
  test(`a heartbeat of version ${v} ${ask ? 'asks' : 'does not ask'} after version 5`, () => {
    assert.equal(reduce(after(st({ v: 5 })), { type: 'hb', v }).ask, ask);
  });
}

test('a heartbeat before the first vector asks for nothing: it is on its way', () => {
  assert.equal(reduce(initial, { type: 'hb', v: 6 }).ask, false);
});

test('a message that is not known changes nothing', () => {
  assert.deepEqual(reduce(initial, { type: 'new', v: 1 }), { state: initial, ask: false });
});

for (const seed of upTo(20)) {
  test(`the newest version wins in any order, seed ${seed}`, () => {
    const random = seeded(seed);
    const messages = upTo(30).map((v) => st({ v, pos: v })).sort(() => random() - 0.5);
    assert.equal(after(...messages).vector.pos, 30);
  });
}
