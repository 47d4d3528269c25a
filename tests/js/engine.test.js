import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afresh, initial, step } from '../../static/js/sync/engine.js';
import { input, vector } from './helpers.js';

const FINE = { fineRates: true, stairMs: 0 };
const STAIR = { fineRates: false, stairMs: 250 };
const fresh = { ...initial(FINE), v: 1, epoch: 'e' };
const was = (mode, more = {}) => ({ ...fresh, mode, ...more });
const after = (memory, changes) => step(memory, input(changes));
const done = ({ acts }) => acts.map((act) => act.do).join(' ');

const paused = vector({ playing: false });
const runs = { paused: false, time: 10 };
const dry = { ...runs, flowing: false };
const HOLD = { kind: 'wait', users: [7], until: null };

const TABLE = [
  // name, memory, input, mode afterwards, acts
  ['without a vector it waits', was('paused'), { vector: null }, 'loading', ''],
  ['without metadata it waits', was('paused'), { player: { ready: false } }, 'loading', ''],
  ['a paused room is sought', was('loading'), { vector: paused }, 'seeking', 'seek'],
  ['a player that runs in a paused room stops and goes to its place', was('playing'), { vector: paused, player: runs }, 'seeking', 'pause seek'],
  ['it stays where it rests', was('seeking', { restedAt: 10 }), { vector: paused, player: { time: 10 } }, 'paused', ''],
  ['a seek at rest is waited for', was('seeking', { restedAt: 10 }), { vector: paused, player: { time: 10, seeking: true } }, 'seeking', ''],
  ['even the actor seeks to its own frame', was('playing'), { vector: paused, player: { time: 10 } }, 'seeking', 'seek'],
  ['a place that cannot be reached is not sought for ever', was('seeking', { tries: 2 }), { vector: paused }, 'paused', ''],
  ['at rest the rate of the room is set', was('seeking', { restedAt: 10 }), { vector: vector({ playing: false, rate: 2 }), player: { time: 10 } }, 'paused', 'rate'],
  ['a held room is a paused one', was('loading'), { vector: vector({ hold: HOLD }) }, 'seeking', 'seek'],
  ['a running player stops where the room waits', was('playing'), { vector: vector({ hold: HOLD }), player: runs }, 'seeking', 'pause seek'],
  ['an iframe that buffers goes on while the room waits', was('paused'), { vector: vector({ hold: HOLD }), traits: STAIR, player: dry }, 'stalled', ''],
  ['an iframe that buffers stops in a paused room', was('playing'), { vector: paused, traits: STAIR, player: dry }, 'paused', 'pause'],
  ['a file that buffers rests where the room waits: it loads there', was('stalled'), { vector: vector({ hold: HOLD }), player: dry }, 'seeking', 'pause seek'],
  ['an ad goes on when the wait ends', was('paused'), { server: 9000, traits: STAIR, player: { ...dry, ad: true } }, 'stalled', ''],
  ['a start elsewhere is primed', was('paused'), { server: 5000 }, 'priming', 'seek'],
  ['a start at hand is armed at once', was('paused'), { vector: vector({ t: 300 }), player: { time: 10 } }, 'armed', 'play'],
  ['a running player elsewhere stops and is primed', was('paused'), { server: 5000, player: runs }, 'priming', 'pause seek'],
  ['a running player on course is left alone', was('paused'), { server: 5000, player: { ...runs, time: 15.2 } }, 'playing', ''],
  ['a running player that will be on course at the start is left alone', was('paused'), { vector: vector({ t: 300 }), player: { ...runs, time: 9.7 } }, 'playing', ''],
  ['a running player on course takes the new rate', was('paused'), { vector: vector({ rate: 2 }), player: runs }, 'playing', 'rate'],
  ['without a clock a running room is not followed', was('paused'), { server: null }, 'paused', ''],
  ['a primed seek is waited for', was('priming', { armAt: 500 }), { player: { seeking: true } }, 'priming', ''],
  ['data is waited for', was('priming', { armAt: 500 }), { player: { flowing: false } }, 'priming', ''],
  ['a seek that hangs is repeated', was('priming'), { now: 15_001, player: { seeking: true } }, 'priming', 'seek'],
  ['a seek in time is armed', was('priming', { armAt: 500 }), {}, 'armed', 'play'],
  ['a seek that came late is repeated', was('priming', { armAt: 500, tries: 1 }), { server: 700 }, 'priming', 'seek'],
  ['after three late seeks it plays and corrects later', was('priming', { armAt: 500, tries: 3 }), { server: 700 }, 'armed', 'play'],
  ['an armed player waits', was('armed', { armAt: 500 }), { server: 400 }, 'armed', ''],
  ['an armed player that runs plays', was('armed', { armAt: 500 }), { server: 510, player: runs }, 'playing', ''],
  ['an armed player that somebody started far too early goes back', was('armed', { armAt: 3000 }), { server: 1000, vector: vector({ t: 3000 }), player: runs }, 'priming', 'pause seek'],
  ['an armed player that never started is primed again', was('armed', { armAt: 500 }), { server: 2501 }, 'priming', 'seek'],
  ['without data it is stalled, and nothing is corrected', was('playing'), { server: 60_000, player: { ...runs, flowing: false } }, 'stalled', ''],
  ['a stall in a nudge ends on the rate of the room', was('nudging', { nudge: {} }), { player: { ...runs, flowing: false, rate: 1.05 } }, 'stalled', 'rate'],
  ['after a stall it plays, and measures first', was('stalled'), { server: 60_000, player: runs }, 'playing', ''],
  ['a pause is given one turn to say whose it is', was('playing'), { server: 5000 }, 'playing', ''],
  ['so is a seek', was('playing'), { server: 5000, player: { ...runs, seeking: true } }, 'playing', ''],
  ['then a seek is a stall', was('playing', { missed: true }), { server: 5000, player: { ...runs, seeking: true } }, 'stalled', ''],
  ['then the player goes back to the room', was('playing', { missed: true }), { server: 5000 }, 'priming', 'seek'],
  ['blocked by the browser, a running room is not followed', was('armed'), { blocked: true }, 'blocked', ''],
  ['blocked by the browser, a paused room is', was('blocked'), { blocked: true, vector: paused }, 'seeking', 'seek'],
  ['hands off while an act is being looked at', was('playing'), { held: true, vector: paused, player: runs }, 'playing', ''],
  ['at the end who plays plays on', was('playing'), { server: 100_000, player: { ...runs, time: 99.5 } }, 'ended', ''],
  ['after the end who comes late sees the end', was('loading'), { server: 100_000 }, 'ended', 'seek'],
  ['a wrong rate is put right', was('playing'), { player: { ...runs, rate: 1.5 } }, 'playing', 'rate'],
];

for (const [name, memory, changes, mode, acts] of TABLE) {
  test(name, () => {
    const next = after(memory, changes);
    assert.equal(next.memory.mode, mode);
    assert.equal(done(next), acts);
  });
}

test('a new version throws away what was armed', () => {
  const { memory, acts } = after(was('armed', { armAt: 500 }), { vector: vector({ v: 2, playing: false, pos: 20 }) });
  assert.equal(memory.mode, 'seeking');
  assert.deepEqual(acts, [{ do: 'seek', to: 20 }]);
});

test('a new epoch is a new version', () => {
  assert.equal(after(was('armed'), { vector: vector({ epoch: 'f', playing: false }) }).memory.mode, 'seeking');
});

test('a primed seek leads to where the film will be when it starts', () => {
  const { memory, acts } = after(was('paused'), { server: 5000 });
  assert.equal(memory.armAt, 5000 + 40 + 100);
  assert.deepEqual(acts, [{ do: 'seek', to: 15.14 }]);
});

test('a start that was scheduled far ahead is waited for', () => {
  assert.deepEqual(after(was('paused'), { vector: vector({ t: 600 }) }).acts, [{ do: 'seek', to: 10 }]);
});

test('play is asked for as early as the player is known to be slow', () => {
  const { acts } = after(was('priming', { armAt: 500, learned: { seek: 40, start: 80, nudge: 18 } }), {});
  assert.deepEqual(acts, [{ do: 'play', at: 420 }]);
});

test('a slow seek is learnt at once', () => {
  const { memory } = after(was('priming', { armAt: 2000 }), { now: 1000 });
  assert.equal(memory.learned.seek, 40 + 0.7 * 960);
});

test('a player that reports in steps starts a little late rather than seek again', () => {
  const changes = { traits: STAIR, vector: vector({ t: 0 }), server: 40, player: { time: 10.05 } };
  assert.equal(after({ ...initial(STAIR), v: 1, epoch: 'e' }, changes).memory.mode, 'armed');
});

test('told the same again, a place that could not be reached is sought again', () => {
  assert.equal(done(after(afresh(was('paused', { tries: 2 })), { vector: paused })), 'seek');
});
