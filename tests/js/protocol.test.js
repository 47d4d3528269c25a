import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opId, parse } from '../../static/js/net/protocol.js';

test('a message of the table is parsed', () => {
  assert.deepEqual(parse('{"type":"hb","v":3}'), { type: 'hb', v: 3 });
});

for (const text of ['', 'hello', 'null', '[]', '7', '{}', '{"type":"new"}', '{"type":"toString"}', '{"type":7}']) {
  test(`${text || 'an empty frame'} is ignored`, () => assert.equal(parse(text), null));
}

test('an op id has the form that the server asks for', () => {
  assert.match(opId(), /^[A-Za-z0-9_-]{8,32}$/);
});

test('op ids differ', () => {
  assert.equal(new Set(Array.from({ length: 1000 }, opId)).size, 1000);
});
