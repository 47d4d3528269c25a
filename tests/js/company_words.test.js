import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factText, holdersText, listed, standingText, stateText, timeText, usesText, waitingText } from '../../static/js/ui/company_words.js';

const text = (parts) => parts.map((part) => part.name ?? part).join('');
const [ann, bob, cleo, dan, eve] = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eve'].map((name) => ({ name }));

const LISTS = [
  [[ann], 'Ann'],
  [[ann, bob], 'Ann and Bob'],
  [[ann, bob, cleo], 'Ann, Bob and Cleo'],
  [[ann, bob, cleo, dan], 'Ann, Bob and 2 more'],
  [[ann, bob, cleo, dan, eve], 'Ann, Bob and 3 more'],
];

for (const [people, words] of LISTS) test(`${people.length} people are told as “${words}”`, () => assert.equal(text(listed(people)), words));

const nobody = { control: 'host', host: ann, acting: null, remotes: [], helpers: 0 };
const HOLDERS = [
  ['the host alone', nobody, 'The host has the remote.'],
  ['the host and one more', { ...nobody, remotes: [bob] }, 'Ann and Bob have the remote.'],
  ['the host and helpers', { ...nobody, control: 'helpers', helpers: 2 }, 'Ann and the helpers have the remote.'],
  ['helpers of whom there are none', { ...nobody, control: 'helpers' }, 'The host has the remote.'],
  ['a host who is not here, and one more', { ...nobody, host: null, remotes: [bob] }, 'The host and Bob have the remote.'],
  ['who acts as host', { ...nobody, host: null, acting: cleo }, 'Cleo has the remote while the host is away.'],
];

for (const [name, holders, words] of HOLDERS) test(`the remote of ${name} is told`, () => assert.equal(text(holdersText(holders)), words));

const STATES = [
  [{ state: 'ready' }, ['In sync', 'good']],
  [{ state: 'behind', s: 3.2 }, ['3 s behind', 'wait']],
  [{ state: 'behind' }, ['Behind', 'wait']],
  [{ state: 'blocked' }, ['Has to tap', 'bad']],
  [{ state: 'joining' }, ['Joining…', 'off']],
  [{ state: 'offline' }, ['Offline', 'off']],
  [{ state: 'of a newer server' }, ['Just arrived', 'off']],
];

for (const [person, words] of STATES) test(`a player that is “${person.state}” says ${words[0]}`, () => assert.deepEqual(stateText(person), words));

test('whoever the room waits for reads that, the others read the names', () => {
  assert.equal(text(waitingText([ann, bob], true)), 'The others wait for you…');
  assert.equal(text(waitingText([ann, bob], false)), 'Waiting for Ann and Bob…');
});

const rules = { control: 'helpers', queue: 'everyone', chat: 'host', wait: 'some', seconds: 7, slow: 60, locked: true };
const FACTS = [
  ['control', 'The host and the helpers may control the film.'],
  ['queue', 'Everyone may add to the queue.'],
  ['chat', 'Only the host may chat.'],
  ['wait', 'The film waits up to 7 s for slow viewers.'],
  ['slow', 'Slow mode: one message every 1 min.'],
  ['locked', 'The room is locked: nobody new comes in.'],
];

for (const [field, sentence] of FACTS) test(`the rule of ${field} is a sentence`, () => assert.equal(factText(field, rules), sentence));

test('everyone reads what they are, but for a viewer like most', () => {
  assert.equal(standingText({ role: 'viewer', muted: false }, false), null);
  assert.equal(standingText({ role: 'viewer', muted: true }, false), 'You are muted: you may watch, but not chat.');
  assert.equal(standingText({ role: 'helper', muted: false }, true), 'The host is away: you act as host until they are back.');
});

test('an invite tells how often it was used', () => {
  assert.equal(usesText({ uses: 5, used: 3 }), '3 of 5 used');
  assert.equal(usesText({ uses: null, used: 0 }), 'not used yet');
});

test('a time of today has no day, one of another day has', () => {
  const noon = new Date(2026, 4, 5, 14, 30).getTime();
  assert.equal(timeText(noon, noon + 1000), '14:30');
  assert.match(timeText(noon, noon + 86_400_000), /5.*, 14:30$/);
});
