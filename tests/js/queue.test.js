import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beforeOf, initialQueue, nextOf, placeOf, reduceQueue, withVote } from '../../static/js/state/queue.js';

const rows = (...ids) => ids.map((id) => ({ id, title: id.toUpperCase() }));
const whole = { type: 'queue', v: 3, skips: 0, entries: rows('a', 'b', 'c') };
const change = (changes) => ({ type: 'queued', from: 3, v: 4, skips: 0, del: [], put: [], order: null, ...changes });
const after = (...messages) => messages.reduce((state, message) => reduceQueue(state, message).state, initialQueue);
const ids = ({ entries }) => entries.map(({ id }) => id).join('');

const CHANGES = [
  ['an entry is added at the end', { put: [[3, { id: 'd' }]] }, 'abcd'],
  ['entries are added in the middle', { put: [[1, { id: 'x' }], [2, { id: 'y' }]] }, 'axybc'],
  ['an entry is taken out', { del: ['b'] }, 'ac'],
  ['an entry moves up', { put: [[0, { id: 'c' }]] }, 'cab'],
  ['an entry moves down', { put: [[2, { id: 'a' }]] }, 'bca'],
  ['all are put into another order', { order: ['c', 'a', 'b'] }, 'cab'],
  ['one goes, one comes, all are ordered', { del: ['a'], put: [[0, { id: 'x' }]], order: ['c', 'x', 'b'] }, 'cxb'],
];

for (const [name, changes, expected] of CHANGES) {
  test(name, () => assert.equal(ids(after(whole, change(changes))), expected));
}

test('a changed entry takes the place of the one before', () => {
  assert.equal(after(whole, change({ put: [[1, { id: 'b', title: 'New' }]] })).entries[1].title, 'New');
});

test('an old change is ignored, and so is one before the first whole queue', () => {
  assert.equal(ids(after(whole, change({ from: 2, v: 3, del: ['a'] }))), 'abc');
  assert.deepEqual(reduceQueue(initialQueue, change({ del: ['a'] })), { state: initialQueue, ask: false });
});

test('where a change was missed the whole queue is asked for, and nothing is guessed', () => {
  const { state, ask } = reduceQueue(after(whole), change({ from: 4, v: 5, del: ['a'] }));
  assert.deepEqual([ids(state), ask], ['abc', true]);
});

test('a whole queue counts whatever its version is', () => {
  assert.equal(ids(after(whole, { ...whole, v: 1, entries: rows('z') })), 'z');
});

test('my votes are kept', () => {
  const voted = withVote(withVote(after(whole, { type: 'voted', entries: ['a'] }), 'b', true), 'a', false);
  assert.deepEqual([...voted.voted], ['b']);
});

const FOLLOWING = [
  ['the entry below follows', 'a', 'off', 'b'],
  ['nothing follows the last one', 'c', 'off', null],
  ['in a loop the first follows the last', 'c', 'all', 'a'],
];

for (const [name, id, loop, expected] of FOLLOWING) {
  test(name, () => assert.equal(nextOf(after(whole), id, loop)?.id ?? null, expected));
}

test('an entry that is not there has no place', () => assert.equal(placeOf(after(whole), 'z'), -1));

const STEPS = [
  ['a', 1, 'c'],
  ['a', -1, undefined],
  ['c', 1, undefined],
  ['c', -1, 'b'],
  ['b', 1, null],
  ['b', -1, 'a'],
  ['c', -Infinity, 'a'],
  ['a', Infinity, null],
];

for (const [id, step, expected] of STEPS) {
  test(`${id} moved by ${step} goes before ${expected}`, () => assert.equal(beforeOf(after(whole), id, step), expected));
}
