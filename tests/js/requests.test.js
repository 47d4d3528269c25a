import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Requests } from '../../static/js/net/requests.js';

let sent;
let requests;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  sent = [];
  requests = new Requests((message) => sent.push(message));
});

afterEach(() => mock.timers.reset());

test('a question goes out with an id of its own', () => {
  requests.ask({ type: 'manage', kind: 'clear' });
  requests.ask({ type: 'manage', kind: 'clear' });
  assert.equal(new Set(sent.map(({ id }) => id)).size, 2);
  assert.match(sent[0].id, /^[\w-]{16}$/);
});

test('done settles it with data', async () => {
  const answer = requests.ask({ type: 'manage', kind: 'list' });
  assert.equal(requests.hear({ type: 'done', id: sent[0].id, data: { bans: [] } }), true);
  assert.deepEqual(await answer, { ok: true, data: { bans: [] }, reason: null, wait: null });
});

test('refused settles it with the reason', async () => {
  const answer = requests.ask({ type: 'edit', n: 3, text: 'hi' });
  requests.hear({ type: 'refused', id: sent[0].id, reason: 'slow', wait: 4000 });
  assert.deepEqual(await answer, { ok: false, data: null, reason: 'slow', wait: 4000 });
});

for (const message of [{ type: 'done', id: 'another' }, { type: 'refused', id: null, reason: 'already' }, { type: 'st', v: 3 }]) {
  test(`${message.type} of something else settles nothing`, () => {
    requests.ask({ type: 'manage', kind: 'clear' });
    assert.equal(requests.hear(message), false);
  });
}

test('a question without an answer is sent on a new line, once, with the same id', () => {
  requests.ask({ type: 'manage', kind: 'clear' });
  requests.again();
  requests.again();
  assert.deepEqual(sent.map(({ id }) => id), [sent[0].id, sent[0].id]);
});

test('a question that was answered is not sent again', () => {
  requests.ask({ type: 'manage', kind: 'clear' });
  requests.hear({ type: 'done', id: sent[0].id, data: null });
  requests.again();
  assert.equal(sent.length, 1);
});

test('an answer that is missing for fifteen seconds does not come', async () => {
  const answer = requests.ask({ type: 'manage', kind: 'clear' });
  mock.timers.tick(15_000);
  assert.deepEqual(await answer, { ok: false, data: null, reason: 'timeout', wait: null });
});

test('an answer after that is nobody’s', () => {
  requests.ask({ type: 'manage', kind: 'clear' });
  mock.timers.tick(15_000);
  assert.equal(requests.hear({ type: 'done', id: sent[0].id, data: null }), false);
});
