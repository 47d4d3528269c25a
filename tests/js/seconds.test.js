import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Seconds } from '../../static/js/ui/seconds.js';
import { upTo } from './helpers.js';

let shown;
const show = (left) => shown.push(left);
const pass = (ms) => upTo(ms / 50).forEach(() => mock.timers.tick(50)); // in steps: one long tick calls all timers at its end

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
  shown = [];
});

afterEach(() => mock.timers.reset());

test('each second is shown as it begins, and the end', () => {
  new Seconds(() => Date.now()).run(2600, show);
  pass(3000);
  assert.deepEqual(shown, [3, 2, 1, 0]);
});

test('a moment that is over is shown as over', () => {
  new Seconds(() => Date.now()).run(-500, show);
  assert.deepEqual(shown, [0]);
});

test('nothing is shown until the clock is known', () => {
  new Seconds(() => (Date.now() < 1000 ? null : Date.now())).run(3000, show);
  pass(950);
  assert.deepEqual(shown, []);
  pass(50);
  assert.deepEqual(shown, [2]);
});

test('a count that was stopped shows no more', () => {
  const seconds = new Seconds(() => Date.now());
  seconds.run(3000, show);
  seconds.stop();
  pass(5000);
  assert.deepEqual(shown, [3]);
});

test('a new count replaces the one before', () => {
  const seconds = new Seconds(() => Date.now());
  seconds.run(3000, show);
  seconds.run(1000, show);
  pass(5000);
  assert.deepEqual(shown, [3, 1, 0]);
});
