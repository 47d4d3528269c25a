import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventParts, eventText } from '../../static/js/ui/chat/events.js';
import { closedText, ruleText, typingParts } from '../../static/js/ui/chat/words.js';

const by = { id: 1, name: 'Ann', color: 'teal' };
const who = { id: 2, name: 'Bob' };
const cleo = { id: 3, name: 'Cleo' };

const SENTENCES = [
  [{ kind: 'play' }, 'Ann pressed play'],
  [{ kind: 'play', times: 3 }, 'Ann pressed play 3 times'],
  [{ kind: 'pause', to: 730 }, 'Ann paused at 12:10'],
  [{ kind: 'pause', to: 730, times: 2 }, 'Ann paused twice'],
  [{ kind: 'seek', from: 60, to: 150 }, 'Ann jumped 1:00 → 2:30'],
  [{ kind: 'seek', from: null, to: 150 }, 'Ann jumped to 2:30'],
  [{ kind: 'seek', from: 0, to: 3723 }, 'Ann jumped 0:00 → 1:02:03'],
  [{ kind: 'undo', from: 150, to: 60 }, 'Ann took that back at 1:00'],
  [{ kind: 'rate', value: 1.5 }, 'Ann set the speed to 1.5×'],
  [{ kind: 'go' }, 'Ann went on without waiting'],
  [{ kind: 'set', field: 'control', value: 'everyone' }, 'Everyone may control the film now'],
  [{ kind: 'set', field: 'control', value: 'helpers' }, 'Only the host and helpers control the film now'],
  [{ kind: 'set', field: 'control', value: 'host' }, 'Only the host controls the film now'],
  [{ kind: 'set', field: 'queue', value: 'everyone' }, 'Everyone may add videos now'],
  [{ kind: 'set', field: 'chat', value: 'host' }, 'Only the host chats now'],
  [{ kind: 'set', field: 'wait', value: 'never' }, 'The film waits for nobody now'],
  [{ kind: 'set', field: 'wait', value: 'some' }, 'The film waits a little for those who fall behind'],
  [{ kind: 'set', field: 'wait', value: 'all' }, 'The film waits for everyone who falls behind'],
  [{ kind: 'set', field: 'seconds', value: 10 }, 'The film waits at most 10 seconds for somebody'],
  [{ kind: 'set', field: 'seconds', value: 1 }, 'The film waits at most 1 second for somebody'],
  [{ kind: 'set', field: 'slow', value: 30 }, 'Slow mode: a message every 30 seconds'],
  [{ kind: 'set', field: 'slow', value: 0 }, 'Slow mode is off'],
  [{ kind: 'set', field: 'locked', value: true }, 'The room is locked: nobody new comes in'],
  [{ kind: 'set', field: 'locked', value: false }, 'The room is open again'],
  [{ kind: 'helper', who, value: true }, 'Bob is a helper now'],
  [{ kind: 'helper', who, value: false }, 'Bob is no longer a helper'],
  [{ kind: 'grant', who, value: false }, 'Ann gave the remote to Bob'],
  [{ kind: 'grant', who, value: true }, 'Ann gave the remote to Bob for good'],
  [{ kind: 'take', who }, 'Ann took the remote from Bob'],
  [{ kind: 'take', who: by }, 'Ann gave the remote back'],
  [{ kind: 'mute', who, value: true }, 'Bob is muted'],
  [{ kind: 'mute', who, value: false }, 'Bob may chat again'],
  [{ kind: 'kick', who }, 'Bob was removed for 10 minutes'],
  [{ kind: 'ban', who }, 'Bob was banned'],
  [{ kind: 'lift', who }, 'Bob may come back'],
  [{ kind: 'stop', by: { id: 0, name: 'The staff' } }, 'The staff stopped the film'],
  [{ kind: 'close', by: { id: 0, name: 'The staff' } }, 'The staff closed the room'],
  [{ kind: 'reopen', by: { id: 0, name: 'The staff' } }, 'The staff opened the room again'],
  [{ kind: 'clear' }, 'Ann cleared the chat'],
  [{ kind: 'restore' }, 'Ann brought the chat back'],
  [{ kind: 'check' }, 'Ann asks: is everyone ready?'],
  [{ kind: 'invite', value: 'Friends' }, 'Ann made an invite: Friends'],
  [{ kind: 'revoke', value: 'Friends' }, 'Ann took back an invite: Friends'],
  [{ kind: 'renew' }, 'Ann made a new invite link: the old one no longer works'],
  [{ kind: 'acting', who, by: null }, 'Bob acts as host while the host is away'],
  [{ kind: 'back', by: null }, 'The host is back'],
  [{ kind: 'hold', who, value: 1, by: null }, 'Waiting for Bob'],
  [{ kind: 'hold', who, value: 3, by: null }, 'Waiting for Bob and 2 others'],
  [{ kind: 'pause', to: 5, by: null }, 'The room paused at 0:05'],
  [{ kind: 'join' }, 'Ann joined'],
  [{ kind: 'join', people: [by, who] }, 'Ann and Bob joined'],
  [{ kind: 'join', people: [by, who, cleo] }, 'Ann, Bob and Cleo joined'],
  [{ kind: 'leave', people: [by, who, cleo, cleo, cleo] }, 'Ann, Bob and 3 others left'],
];

for (const [event, sentence] of SENTENCES) {
  test(`${event.kind} ${event.field ?? ''}: ${sentence}`, () => assert.equal(eventText({ by, ...event }), sentence));
}

test('what a newer server tells is left out', () => assert.deepEqual(eventParts({ kind: 'dance', by }), []));

test('a rule that a newer server has is left out', () => assert.deepEqual(eventParts({ kind: 'set', field: 'dance', value: 1, by }), []));

test('a value that a newer server has is left out', () => {
  assert.deepEqual(eventParts({ kind: 'set', field: 'chat', value: 'cats', by }), []);
});

test('people stand in it as people', () => assert.equal(eventParts({ kind: 'kick', by, who })[0], who));

const rules = { chat: 'everyone', slow: 0 };
const viewer = { may: [], muted: false };

test('who may chat is told no reason', () => assert.equal(closedText({ may: ['chat'], muted: false }, rules), null));

test('before the server has said, the field is open', () => assert.equal(closedText(null, null), null));

test('a muted person is told so', () => assert.equal(closedText({ ...viewer, muted: true }, rules), 'You are muted'));

test('a viewer learns that helpers chat', () => {
  assert.equal(closedText(viewer, { chat: 'helpers' }), 'Only the host and helpers chat here');
});

test('a viewer learns that the host chats', () => assert.equal(closedText(viewer, { chat: 'host' }), 'Only the host chats here'));

test('everyone learns of slow mode', () => assert.match(ruleText({ ...rules, slow: 10 }), /10 s/));

test('without rules there is nothing to say', () => assert.equal(ruleText(null), ''));

const typing = (...people) => typingParts(people).map((part) => part.name ?? part).join('');

test('one types', () => assert.equal(typing([1, 'Ann']), 'Ann is typing…'));

test('two type', () => assert.equal(typing([1, 'Ann'], [2, 'Bob']), 'Ann and Bob are typing…'));

test('several type', () => assert.equal(typing([1, 'Ann'], [2, 'Bob'], [3, 'Cleo']), 'Ann, Bob and others are typing…'));

test('nobody types', () => assert.equal(typing(), ''));
