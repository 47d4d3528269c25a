import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialCompany, mayDo, onNewLine, personOf, reduceCompany } from '../../static/js/state/company.js';

const after = (...messages) => messages.reduce(reduceCompany, initialCompany);
const rules = (changes) => ({ type: 'rules', v: 5, control: 'everyone', helpers: [], remotes: [], muted: [], ...changes });
const ann = { id: 1, name: 'Ann', color: 'teal', state: 'ready' };
const bob = { id: 2, name: 'Bob', color: 'rose', state: 'behind', s: 3 };

test('a full roster replaces the one before', () => {
  const state = after({ type: 'who', n: 1, people: [ann] }, { type: 'who', n: 1, people: [bob] });
  assert.deepEqual([...state.people.values()], [bob]);
});

test('a change of the roster adds, renames and takes away', () => {
  const renamed = { ...ann, name: 'Anna' };
  const state = after({ type: 'who', n: 2, people: [ann, bob] }, { type: 'who', n: 1, add: [renamed], del: [2] });
  assert.deepEqual([...state.people.values()], [renamed]);
});

test('whoever only changes keeps the place in the order of arrival', () => {
  const state = after({ type: 'who', n: 2, people: [ann, bob] }, { type: 'who', n: 2, add: [{ ...ann, state: 'stalled' }] });
  assert.deepEqual([...state.people.keys()], [1, 2]);
});

test('the count is the one of the server, which names fifty people only', () => {
  assert.equal(after({ type: 'who', n: 300, people: [ann] }).count, 300);
});

test('a state that was handed out is never changed', () => {
  const before = after({ type: 'who', n: 1, people: [ann] });
  reduceCompany(before, { type: 'who', n: 2, add: [bob], del: [] });
  assert.equal(before.people.size, 1);
});

test('a message that is not known changes nothing', () => {
  assert.equal(reduceCompany(initialCompany, { type: 'st', v: 1 }), initialCompany);
});

for (const [v, control] of [[4, 'everyone'], [5, 'host'], [6, 'host']]) {
  test(`rules of version ${v} ${control === 'host' ? 'count' : 'are too old'} after version 5`, () => {
    assert.equal(after(rules(), rules({ v, control: 'host' })).rules.control, control);
  });
}

test('on a new line the first rules count, however old', () => {
  const state = onNewLine(after(rules()));
  assert.equal(reduceCompany(state, rules({ v: 1, control: 'host' })).rules.control, 'host');
});

test('what I may do is what the server says', () => {
  const state = after({ type: 'you', role: 'helper', may: ['moderate'], muted: false });
  assert.deepEqual(['moderate', 'control'].map((word) => mayDo(state, word)), [true, false]);
});

test('before the server has said it, I may try what most people may, and no more', () => {
  assert.deepEqual(['control', 'chat', 'moderate'].map((word) => mayDo(initialCompany, word)), [true, true, false]);
});

test('who asks for the remote is known by id and name', () => {
  assert.deepEqual(after({ type: 'asks', people: [[2, 'Bob']] }).asks, [{ id: 2, name: 'Bob' }]);
});

test('pages of the crowd add up, and tell where the next one begins', () => {
  const first = after({ type: 'crowd', from: 0, n: 2, people: [ann] });
  const second = reduceCompany(first, { type: 'crowd', from: 1, n: 2, people: [bob] });
  assert.deepEqual([first.crowd.next, second.crowd.next, second.crowd.people.size], [1, null, 2]);
});

test('the first page of the crowd begins anew', () => {
  const state = after({ type: 'crowd', from: 0, n: 1, people: [ann] }, { type: 'crowd', from: 0, n: 1, people: [bob] });
  assert.deepEqual([...state.crowd.people.keys()], [2]);
});

test('somebody of the crowd is known by id, live people first', () => {
  const state = after({ type: 'crowd', from: 0, n: 2, people: [{ ...ann, name: 'Old' }, bob] }, { type: 'who', n: 2, people: [ann] });
  assert.deepEqual([1, 2, 3].map((id) => personOf(state, id)?.name), ['Ann', 'Bob', undefined]);
});
