import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Outbox } from '../../static/js/net/outbox.js';

const op = { type: 'op', id: 'abcdefgh', kind: 'pause' };
let outbox;

beforeEach(() => {
  outbox = new Outbox();
  outbox.add(op, 1000);
});

test('an op without an answer is sent again', () => assert.deepEqual(outbox.again(3999), [op]));

test('an op of three seconds ago is dropped', () => assert.deepEqual(outbox.again(4000), []));

test('an op that made a version is settled', () => {
  outbox.settle({ type: 'st', by: { user: 1, op: op.id, kind: 'pause' } });
  assert.deepEqual(outbox.again(1001), []);
});

for (const type of ['nak', 'refused']) {
  test(`an op that was answered by ${type} is settled`, () => {
    assert.equal(outbox.settle({ type, id: op.id }), true);
    assert.deepEqual(outbox.again(1001), []);
  });
}

for (const by of [null, { user: 2, op: 'another_', kind: 'play' }]) {
  test(`a version by ${by ? 'somebody else' : 'nobody'} settles nothing`, () => {
    assert.equal(outbox.settle({ type: 'st', by }), false);
    assert.deepEqual(outbox.again(1001), [op]);
  });
}

test('ops come back in their order', () => {
  outbox.add({ ...op, id: 'ijklmnop' }, 1100);
  assert.deepEqual(outbox.again(1200).map(({ id }) => id), ['abcdefgh', 'ijklmnop']);
});
