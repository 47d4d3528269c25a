import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choicesFor, inOrder, marksOf, remoteNews } from '../../static/js/state/standing.js';

const [ME, HOST, HELPER, VIEWER] = [4, 1, 2, 3];
const ALL = ['control', 'queue', 'chat', 'moderate', 'grant', 'rules', 'invite', 'check'];
const rules = { control: 'host', helpers: [HELPER], remotes: [], muted: [], acting: null };
const company = (changes) => ({ me: ME, owner: HOST, rules, asks: [], you: { role: 'viewer', may: ['chat'] }, ...changes });
const asHost = (changes) => company({ me: HOST, you: { role: 'host', may: ALL }, rules: { ...rules, ...changes } });
const asHelper = company({ me: 5, you: { role: 'helper', may: ['chat', 'moderate', 'check'] }, rules: { ...rules, helpers: [HELPER, 5] } });

test('people stand in order: me, the host, helpers, the others as they came', () => {
  const people = [6, VIEWER, HELPER, HOST, ME].map((id) => ({ id }));
  assert.deepEqual(inOrder(people, company()).map(({ id }) => id), [ME, HOST, HELPER, 6, VIEWER]);
});

test('before the rules are known, people have their order all the same', () => {
  assert.deepEqual(inOrder([{ id: 9 }, { id: HOST }], company({ rules: null })).map(({ id }) => id), [HOST, 9]);
});

test('a row has the marks of everything that a person is', () => {
  const busy = { ...rules, helpers: [VIEWER], remotes: [VIEWER], muted: [VIEWER], acting: VIEWER };
  const marks = marksOf(VIEWER, company({ rules: busy, asks: [{ id: VIEWER }] }));
  assert.deepEqual(marks, ['acting', 'helper', 'remote', 'muted', 'asks']);
});

test('the host is marked as host, and as nothing that goes without saying', () => {
  assert.deepEqual(marksOf(HOST, company({ rules: { ...rules, remotes: [HOST] } })), ['host']);
});

const CHOICES = [
  ['the host may do everything with a viewer', VIEWER, asHost(), 'grant-now grant-good helper mention mute kick ban'],
  ['a remote that is given can only be taken', VIEWER, asHost({ remotes: [VIEWER] }), 'take helper mention mute kick ban'],
  ['nobody needs a remote where everyone has it', VIEWER, asHost({ control: 'everyone' }), 'helper mention mute kick ban'],
  ['a helper needs no remote where helpers have it', HELPER, asHost({ control: 'helpers' }), 'unhelper mention mute kick ban'],
  ['whoever is muted can be unmuted', VIEWER, asHost({ muted: [VIEWER] }), 'grant-now grant-good helper mention unmute kick ban'],
  ['a helper moderates viewers', VIEWER, asHelper, 'mention mute kick ban'],
  ['a helper does nothing to a helper', HELPER, asHelper, ''],
  ['nobody does anything to the host', HOST, asHelper, ''],
  ['nobody does anything to themselves', HOST, asHost(), ''],
  ['a viewer only mentions', VIEWER, company(), 'mention'],
  ['who is muted does nothing', VIEWER, company({ you: { role: 'viewer', may: [] } }), ''],
  ['before the rules are known nobody does anything', VIEWER, company({ rules: null }), ''],
];

for (const [name, id, seenBy, kinds] of CHOICES) {
  test(name, () => assert.equal(choicesFor(id, seenBy).join(' '), kinds));
}

const NEWS = [
  ['a remote that I get is news', rules, { ...rules, remotes: [ME] }, 'given'],
  ['a remote that I lose is news', { ...rules, remotes: [ME] }, rules, 'taken'],
  ["somebody else's remote is no news", rules, { ...rules, remotes: [VIEWER] }, null],
  ['the first rules are no news', null, { ...rules, remotes: [ME] }, null],
  ['a remote is no news where everyone has one', { ...rules, remotes: [ME] }, { ...rules, control: 'everyone' }, null],
];

for (const [name, before, now, news] of NEWS) test(name, () => assert.equal(remoteNews(before, now, ME), news));
