import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonText } from '../../static/js/ui/reasons.js';

const UNKNOWN = reasonText('something-new');
const REASONS = ['not-allowed', 'muted', 'slow', 'too-fast', 'empty', 'unknown', 'too-many', 'protected', 'no-space', 'bad-value', 'nobody', 'timeout'];

for (const reason of REASONS) {
  test(`${reason} has a sentence of its own`, () => {
    assert.match(reasonText(reason), /^[A-Z].*\.$/);
    assert.notEqual(reasonText(reason), UNKNOWN);
  });
}

test('no two reasons say the same', () => {
  assert.equal(new Set(REASONS.map((reason) => reasonText(reason))).size, REASONS.length);
});

test('slow mode says how long to wait, rounded up', () => {
  assert.equal(reasonText('slow', 11_200), 'Slow mode: wait 12 s.');
});

test('a reason of a newer server is told as a failure', () => {
  assert.equal(UNKNOWN, 'That did not work. Try again.');
});
