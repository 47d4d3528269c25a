import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delay } from '../../static/js/net/backoff.js';

const CASES = [
  [0, 0, 250],
  [0, 0.5, 500],
  [1, 0.5, 1000],
  [4, 0.5, 8000],
  [5, 0.5, 10_000],
  [5, 1, 15_000],
  [1000, 1, 15_000],
];

for (const [attempt, random, ms] of CASES) {
  test(`attempt ${attempt} with ${random} waits ${ms} ms`, () => assert.equal(delay(attempt, random), ms));
}
