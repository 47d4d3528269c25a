import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pend } from '../../static/js/state/chat.js';
import { flow } from '../../static/js/state/flow.js';
import { filmAct, movements, remembered } from '../../static/js/state/happened.js';
import { after, message, snapshot } from './chat_room.js';
import { seeded, upTo, vector } from './helpers.js';

const me = { id: 1, name: 'Ann' };
const bob = { user: 2, name: 'Bob' };
const [ann, ben, cleo] = [{ id: 1, name: 'Ann' }, { id: 2, name: 'Ben' }, { id: 3, name: 'Cleo' }];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NOON = new Date(2026, 10, 23, 12).getTime();

const chatOf = (...items) => after([snapshot(1, [], { items: items.map((changes, i) => message(i + 1, { t: NOON + i, ...changes })) })]);
const linesOf = (chat, events = [], options = {}) => flow(chat, events, { me, ...options });
const kinds = (lines) => lines.map(({ kind }) => kind);
const heads = (...items) => linesOf(chatOf(...items)).map(({ head }) => head);
const act = (t, kind, by = ann, more = {}) => ({ t: NOON + t, kind, by, ...more });
const foldOf = (...events) => linesOf(chatOf(), events).map(({ event }) => event);

test('messages of one person stand under one name', () => assert.deepEqual(heads({}, {}), [true, false]));

test('another person has a name of their own', () => assert.deepEqual(heads({}, bob), [true, true]));

test('after five minutes the name stands there again', () => assert.deepEqual(heads({}, { t: NOON + 5 * MINUTE }), [true, true]));

test('within five minutes it does not', () => assert.deepEqual(heads({}, { t: NOON + 4 * MINUTE }), [true, false]));

test('a new name stands there', () => assert.deepEqual(heads({}, { name: 'Anna' }), [true, true]));

test('an action stands by itself', () => assert.deepEqual(heads({}, { me: true }, {}), [true, true, true]));

test('an event between two messages parts them', () => {
  const lines = linesOf(chatOf({ t: NOON }, { t: NOON + 9 }), [act(5, 'play')]);
  assert.deepEqual(lines.map(({ kind, head }) => [kind, head]), [['message', true], ['event', undefined], ['message', true]]);
});

test('a new day is a line', () => {
  assert.deepEqual(kinds(linesOf(chatOf({}, { t: NOON + DAY }))), ['message', 'day', 'message']);
});

test('messages of another day than today begin with their day', () => {
  assert.deepEqual(kinds(linesOf(chatOf({}), [], { now: NOON + DAY })), ['day', 'message']);
});

test('messages of today do not', () => assert.deepEqual(kinds(linesOf(chatOf({}), [], { now: NOON })), ['message']));

test('messages keep the order of their numbers, whatever their time', () => {
  const lines = linesOf(chatOf({ t: NOON + 9 }, { t: NOON }));
  assert.deepEqual(lines.map(({ item }) => item.n), [1, 2]);
});

test('what waits is last', () => {
  const chat = pend(chatOf({}), { id: 'a', text: 'x', re: null, at: [], t: NOON - DAY });
  assert.deepEqual(kinds(linesOf(chat, [act(5, 'play')])), ['message', 'event', 'pending']);
});

test('what waits stands under my name', () => {
  const chat = pend(chatOf({}), { id: 'a', text: 'x', re: null, at: [], t: NOON + 1 });
  assert.equal(linesOf(chat).at(-1).head, false);
});

test('the unread line stands before the first message of somebody else that I have not read', () => {
  assert.deepEqual(kinds(linesOf(chatOf({}, {}, bob), [], { since: 1 })), ['message', 'message', 'unread', 'message']);
});

test('there is no unread line where I have read everything', () => {
  assert.deepEqual(kinds(linesOf(chatOf({}, bob), [], { since: 2 })), ['message', 'message']);
});

test('an answer knows what it answers', () => assert.equal(linesOf(chatOf({ text: 'first' }, { re: 1 }))[1].quoted.text, 'first'));

test('an answer to what is not here knows that', () => assert.equal(linesOf(chatOf({ re: 77 }))[0].quoted, null));

test('what happened before the oldest message here waits for the messages around it', () => {
  const chat = after([snapshot(1, [50], { first: 1, items: [message(50, { t: NOON })] })]);
  assert.deepEqual(kinds(linesOf(chat, [act(-5, 'play'), act(5, 'play')])), ['message', 'event']);
});

test('what happened before the first message of all is shown', () => {
  assert.deepEqual(kinds(linesOf(chatOf({}), [act(-5, 'play')])), ['event', 'message']);
});

test('people who join one after the other are one line', () => {
  assert.deepEqual(foldOf(act(1, 'join', ann), act(2, 'join', ben), act(3, 'join', cleo))[0].people, [ann, ben, cleo]);
});

test('somebody who joins twice is named once', () => {
  assert.deepEqual(foldOf(act(1, 'join', ann), act(2, 'join', ann))[0].people, [ann]);
});

test('joining and leaving are two lines', () => assert.equal(foldOf(act(1, 'join'), act(2, 'leave')).length, 2));

test('the same act again is counted', () => {
  assert.equal(foldOf(act(1, 'pause', ann, { v: 1 }), act(2, 'pause', ann, { v: 2 }), act(3, 'pause', ann, { v: 3 }))[0].times, 3);
});

test('the same act of another person is another line', () => {
  assert.equal(foldOf(act(1, 'pause', ann, { v: 1 }), act(2, 'pause', ben, { v: 2 })).length, 2);
});

test('jumps of one person go from the first place to the last', () => {
  const [jump] = foldOf(act(1, 'seek', ann, { v: 1, from: 10, to: 20 }), act(2, 'seek', ann, { v: 2, from: 20, to: 90 }));
  assert.deepEqual([jump.from, jump.to], [10, 90]);
});

test('a message between two jumps keeps them apart', () => {
  const lines = linesOf(chatOf({ t: NOON + 5 }), [act(1, 'seek', ann, { v: 1 }), act(9, 'seek', ann, { v: 2 })]);
  assert.deepEqual(kinds(lines), ['event', 'message', 'event']);
});

test('a day between two acts keeps them apart', () => {
  assert.deepEqual(kinds(linesOf(chatOf(), [act(0, 'play', ann, { v: 1 }), act(DAY, 'play', ann, { v: 2 })])), ['event', 'day', 'event']);
});

test('the same rule that is set again says what it is in the end', () => {
  assert.equal(foldOf(act(1, 'set', ann, { field: 'slow', value: 5 }), act(2, 'set', ann, { field: 'slow', value: 9 }))[0].value, 9);
});

test('two rules are two lines', () => {
  assert.equal(foldOf(act(1, 'set', ann, { field: 'slow' }), act(2, 'set', ann, { field: 'wait' })).length, 2);
});

test('an act that is in the log and was seen live is one line', () => {
  const chat = after([snapshot(1, [], { log: [act(1, 'seek', ann, { v: 7, from: 1, to: 2 })] })]);
  assert.equal(linesOf(chat, [act(3, 'seek', ann, { v: 7, from: 1, to: 2 })])[0].event.times, undefined);
});

test('a run keeps its key while it grows', () => {
  const [one] = linesOf(chatOf(), [act(1, 'join', ann)]);
  const [two] = linesOf(chatOf(), [act(1, 'join', ann), act(2, 'join', ben)]);
  assert.equal(one.key, two.key);
});

for (const seed of upTo(50)) {
  test(`every line has a key of its own, and every message is there, seed ${seed}`, () => {
    const random = seeded(seed);
    const t = () => Math.floor(random() * 3 * DAY);
    const chat = chatOf(...upTo(40).map(() => ({ t: NOON + t(), user: 1 + Math.floor(random() * 3) })));
    const events = upTo(40).map((v) => act(t(), ['play', 'pause', 'join', 'kick'][v % 4], [ann, ben, cleo][v % 3], v % 4 < 2 ? { v } : {}));
    const lines = linesOf(chat, events, { since: 20, now: NOON });
    assert.equal(new Set(lines.map(({ key }) => key)).size, lines.length);
    assert.deepEqual(lines.flatMap(({ item }) => item?.n ?? []), upTo(40));
  });
}

const by = (kind, was = null) => ({ user: 2, op: 'x', kind, was });

test('an act on the film is an event with the time and version of the state that it made', () => {
  const event = filmAct(vector({ v: 4 }), vector({ v: 5, t: 9, pos: 30, by: by('pause') }), ben);
  assert.deepEqual(event, { t: 9, v: 5, kind: 'pause', by: ben, to: 30 });
});

test('a jump says from where to where', () => {
  const { from, to } = filmAct(vector(), vector({ v: 5, pos: 30, by: by('seek', 10) }), ben);
  assert.deepEqual([from, to], [10, 30]);
});

test('the first state is nobody\'s act', () => assert.equal(filmAct(null, vector({ by: by('play') }), ben), null));

test('a state that nobody made is no event', () => assert.equal(filmAct(vector(), vector({ v: 2 }), null), null));

const roster = (...people) => new Map(people.map((person) => [person.id, person]));

test('who was not here before has joined', () => {
  assert.deepEqual(movements(roster(ann, ben), roster(ann), me.id, 9), [{ t: 9, kind: 'join', by: { ...ben, color: undefined } }]);
});

test('who is not here any more has left', () => {
  assert.deepEqual(movements(roster(ann), roster(ann, ben), me.id, 9)[0].kind, 'leave');
});

test('the first roster tells of nobody', () => assert.deepEqual(movements(roster(ann, ben), roster(), me.id, 9), []));

test('nobody tells me that I am here', () => assert.deepEqual(movements(roster(ann, ben), roster(ben), me.id, 9), []));

test('a crowd comes and goes without a word', () => {
  const crowd = roster(...upTo(50).map((id) => ({ id })));
  assert.deepEqual(movements(crowd, roster(ann), me.id, 9), []);
});

test('only so many events are remembered', () => assert.equal(remembered(upTo(199), upTo(10)).length, 200));
