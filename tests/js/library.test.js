/** The library's rules that need no page: where a dragged row belongs, and which lines come back to be mended. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptLines, resultText } from '../../static/js/library/add.js';
import { placeAt } from '../../static/js/library/drag.js';

const TOPS = [0, 40, 100];
const HEIGHTS = [40, 60, 40];

test('a row belongs after all others whose middle lies above its own', () => {
  assert.equal(placeAt(TOPS, HEIGHTS, 0, 20), 0);
  assert.equal(placeAt(TOPS, HEIGHTS, 0, 71), 1);
  assert.equal(placeAt(TOPS, HEIGHTS, 0, 500), 2);
  assert.equal(placeAt(TOPS, HEIGHTS, 2, -500), 0);
  assert.equal(placeAt(TOPS, HEIGHTS, 2, 119), 2);
});

test('bad lines come back as they were written', () => {
  assert.deepEqual(keptLines('a\r\nb\n\nc', [{ number: 1 }, { number: 4 }]), ['a', 'c']);
});

test('of a text that is no list of lines nothing comes back', () => {
  assert.deepEqual(keptLines(' [1, 2]', [{ number: 1 }]), []);
  assert.deepEqual(keptLines('a', [{ number: 9 }]), []);
});

test('a result says how many were added and whether some were not', () => {
  assert.equal(resultText(1, 0), '1 video added.');
  assert.equal(resultText(4, 1), '4 videos added. This line was not:');
  assert.equal(resultText(0, 2), '0 videos added. These lines were not:');
});
