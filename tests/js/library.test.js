/** The library's rules that need no page: which lines come back to be mended, and what is said of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptLines, resultText } from '../../static/js/library/add.js';

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
