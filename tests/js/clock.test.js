import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Clock } from '../../static/js/clock/clock.js';
import { upTo } from './helpers.js';

let now;
let wall;
let sent;
let clock;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  [now, wall, sent] = [1000, 500_000, []];
  clock = new Clock((message) => sent.push(message), () => now, () => wall);
});

afterEach(() => {
  clock.stop();
  mock.timers.reset();
});

/** Answers a ping that took 10 ms, from a server that is `ahead` ms. */
function answer(ahead) {
  clock.receive({ type: 'ck', seq: 0, c0: now - 10, s1: now - 5 + ahead, s2: now - 5 + ahead });
}

function pass(ms) {
  now += ms;
  wall += ms;
}

test('a burst is eight pings within 0.6 s', () => {
  clock.burst(8);
  mock.timers.tick(600);
  assert.equal(sent.length, 8);
});

test('then there is one ping a minute', () => {
  clock.burst(8);
  mock.timers.tick(600_000);
  assert.equal(sent.length, 18);
});

test('a ping says whether it is the one of the minute', () => {
  const minutely = [];
  clock = new Clock((message, isMinutely) => minutely.push(isMinutely), () => now, () => wall);
  clock.burst(2);
  mock.timers.tick(120_000);
  assert.deepEqual(minutely, [false, false, true, true]);
});

test('a second burst does not double the pings', () => {
  clock.burst(8);
  clock.burst(4);
  mock.timers.tick(60_000);
  assert.equal(sent.length, 5);
});

test('a ping carries its time and the best round trip', () => {
  answer(0);
  clock.burst(1);
  mock.timers.tick(0);
  assert.deepEqual(sent, [{ type: 'ck', seq: 0, c0: 1000, rtt: 10 }]);
});

test('it is ready after four answers', () => {
  let readies = 0;
  clock.on('ready', () => readies++);
  upTo(8).forEach(() => answer(70));
  assert.equal(readies, 1);
  assert.equal(clock.serverNow(), 1070);
});

test('while a film runs it is slewed', () => {
  upTo(16).forEach(() => answer(70));
  clock.serverNow();
  clock.playing = true;
  upTo(16).forEach(() => answer(90));
  pass(1000);
  assert.equal(clock.serverNow(), 2075);
});

test('while nothing runs it is stepped, and says so', () => {
  const steps = [];
  clock.on('step', (ms) => steps.push(ms));
  upTo(16).forEach(() => answer(70));
  upTo(16).forEach(() => answer(90));
  assert.equal(clock.serverNow(), 1090);
  assert.deepEqual(steps, [20]);
});

test('after sleep the old samples are thrown away and new ones asked for', () => {
  upTo(8).forEach(() => answer(70));
  wall += 3_600_000;
  clock.serverNow();
  mock.timers.tick(600);
  assert.equal(clock.ready, false);
  assert.equal(sent.length, 4);
});
