import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expect, meet } from '../../static/js/sync/expect.js';
import { suspect, verdict } from '../../static/js/sync/intents.js';
import { input, vector } from './helpers.js';

const rests = vector({ playing: false });
const runs = { paused: false, time: 10 };
const scene = ({ mode = 'playing', visible = true, ...rest } = {}) => ({ ...input(rest), mode, visible });

test('an event that was asked for is met once', () => {
  const first = meet(expect([], 'pause', 0), 'pause', 100, 5);
  assert.equal(first.matched, true);
  assert.equal(meet(first.list, 'pause', 100, 5).matched, false);
});

const STRANGERS = [
  ['of another kind', 'play', 100, 5],
  ['that comes after its time', 'pause', 3001, 5],
];

for (const [name, kind, now, position] of STRANGERS) {
  test(`an event ${name} is not met`, () => assert.equal(meet(expect([], 'pause', 0), kind, now, position).matched, false));
}

for (const [position, matched] of [[59.2, true], [60.9, true], [62, false]]) {
  test(`a seek to 60 ${matched ? 'is' : 'is not'} met at ${position}`, () => {
    assert.equal(meet(expect([], 'seeking', 0, 60), 'seeking', 10, position).matched, matched);
  });
}

test('each of two pauses meets its own event', () => {
  const list = expect(expect([], 'pause', 0), 'pause', 50);
  assert.equal(meet(list, 'pause', 60, 0).list.length, 1);
});

const SUSPECTS = [
  ['a pause in a running room', 'pause', {}, true],
  ['a pause in a paused room', 'pause', { vector: rests }, false],
  ['a pause that has passed', 'pause', { player: runs }, false],
  ['a play in a paused room', 'play', { mode: 'paused', vector: rests, player: runs }, true],
  ['a play in a running room', 'play', { player: runs }, false],
  ['a seek by 30 s', 'seeking', { player: { ...runs, time: 40 } }, true],
  ['a seek by half a second', 'seeking', { player: { ...runs, time: 10.5 } }, false],
  ['a guess of an iframe', 'seeking', { player: { ...runs, time: 40 }, traits: { stairMs: 250 } }, false],
  ['the pause at the end', 'pause', { player: { ended: true } }, false],
  ['a pause before the room is known', 'pause', { vector: null }, false],
  ...['loading', 'seeking', 'priming', 'armed', 'stalled', 'blocked', 'ended'].map((mode) => [`a pause while ${mode}`, 'pause', { mode }, false]),
];

for (const [name, kind, changes, looked] of SUSPECTS) {
  test(`${name} ${looked ? 'is' : 'is not'} looked at`, () => assert.equal(suspect(kind, scene(changes)), looked));
}

const VERDICTS = [
  ['a pause that lasts is a person’s', 'pause', {}, 'intent'],
  ['a pause in a hidden page is the browser’s', 'pause', { visible: false }, 'detached'],
  ['a pause that passed is nothing', 'pause', { player: runs }, 'none'],
  ['a pause that the room made, too, is nothing', 'pause', { vector: rests }, 'none'],
  ['a play that lasts is a person’s', 'play', { vector: rests, player: runs }, 'intent'],
  ['a play in a hidden page is nothing', 'play', { vector: rests, player: runs, visible: false }, 'none'],
];

for (const [name, kind, changes, whose] of VERDICTS) {
  test(name, () => assert.equal(verdict(kind, scene(changes)), whose));
}
