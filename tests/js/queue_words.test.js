import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addedText, badLinks, linksIn, loopText, metaParts, movedText, nextLoop, removedParts, secondsOf, skipText, summaryText,
} from '../../static/js/ui/queue/words.js';

const entry = { source: 'file', duration: 90, start: 0, who: 'Ann' };

const META = [
  [entry, ['Video file · 1:30', ' · ', { name: 'Ann' }]],
  [{ ...entry, source: 'youtube', duration: null, start: 65 }, ['YouTube · from 1:05', ' · ', { name: 'Ann' }]],
  [{ ...entry, source: 'new', who: '' }, ['Video · 1:30']],
  [{ ...entry, fault: 'not-found' }, ['Not there any more']],
  [{ ...entry, fault: 'of-tomorrow' }, ['Does not play here']],
];

META.forEach(([given, expected], number) => {
  test(`below a title stands what there is to know, ${number}`, () => assert.deepEqual(metaParts(given), expected));
});

const SUMS = [
  [[], 'Nothing up next'],
  [[entry, { ...entry, start: 30 }], '2 up next · 2:30'],
  [[entry, { ...entry, duration: null }], '2 up next'],
];

for (const [entries, expected] of SUMS) {
  test(expected, () => assert.equal(summaryText(entries), expected));
}

test('what was added is counted, and what was left out says what to do', () => {
  assert.equal(addedText({ added: 1, left: 0 }), '1 video added.');
  assert.equal(addedText({ added: 3, left: 2 }), '3 videos added. 2 videos left out: a queue holds 500. Remove some first.');
});

test('a bad link stands with its reason', () => {
  assert.deepEqual(badLinks({ bad: [[1, 'No.', 'PL1']] }, ['a', 'b']), [{ link: 'b', reason: 'No.', list: 'PL1' }]);
});

test('a loop goes from off to all to one and off again', () => {
  assert.deepEqual([nextLoop('off'), nextLoop('all'), nextLoop('one')], ['all', 'one', 'off']);
  assert.equal(loopText('one'), 'Repeat: this one');
});

test('more than half of those who are here skip', () => {
  assert.equal(skipText(1, 2), 'Vote to skip: 1 of 2');
  assert.equal(skipText(0, 5), 'Vote to skip: 0 of 3');
});

test('links are read by lines and spaces', () => {
  assert.deepEqual(linksIn(' a\n\n b\tc '), ['a', 'b', 'c']);
});

const TIMES = [['90', 90], ['1:30', 90], ['1:02:03', 3723], ['', NaN], ['x', NaN], ['1:', NaN], ['1:2:3:4', NaN], ['-5', NaN]];

for (const [text, expected] of TIMES) {
  test(`"${text}" is ${expected} seconds`, () => assert.equal(secondsOf(text), expected));
}

test('a move is told by place, a removal by title or number', () => {
  assert.equal(movedText('Film', 0, 3), 'Film: place 1 of 3');
  assert.deepEqual(removedParts('Film', 1), [' removed ', { name: 'Film' }, '.']);
  assert.deepEqual(removedParts('Film', 3), [' removed 3 videos.']);
});
