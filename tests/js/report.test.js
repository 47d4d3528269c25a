import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { judge, Reporter } from '../../static/js/sync/report.js';
import { vector } from './helpers.js';

const WELL = { state: 'playing', driftMs: 3, detached: false, silenced: false, flowing: true, ad: false, mute: false };
const RESTS = vector({ playing: false });
const HELD = vector({ hold: { kind: 'wait', users: [1], until: null } });

const TABLE = [
  ['all is well', {}, vector(), 'ready'],
  ['a tab that nobody sees', { state: 'hidden' }, vector(), 'ready'],
  ['the film stopped for want of data', { state: 'stalled', flowing: false }, vector(), 'stalled'],
  ['an ad plays, whatever else', { ad: true, state: 'stalled', mute: true }, vector(), 'ad'],
  ['the browser wants a tap', { state: 'blocked' }, vector(), 'blocked'],
  ['the browser paused this film', { detached: true }, vector(), 'apart'],
  ['the person turned the sound off', { mute: true }, vector(), 'muted'],
  ['the browser turned the sound off', { silenced: true }, vector(), 'muted'],
  ['the film rests and has its data', { state: 'paused' }, RESTS, 'ready'],
  ['the film rests without sound', { state: 'paused', mute: true }, RESTS, 'muted'],
  ['the room waits and the data is there', { state: 'paused' }, HELD, 'ready'],
  ['the room waits and the data is not there', { state: 'paused', flowing: false }, HELD, 'stalled'],
  ['the room waits and the film is on its way', { state: 'seeking', flowing: false }, HELD, 'stalled'],
];

for (const [name, changes, room, state] of TABLE) {
  test(`${name}: ${state}`, () => assert.deepEqual(judge({ ...WELL, ...changes }, room), { state, s: null }));
}

const UNCLEAR = [
  ...['loading', 'seeking', 'priming', 'armed'].map((state) => [`${state} in a running room`, { state }, vector()]),
  ['resting without data in a paused room', { state: 'paused', flowing: false }, RESTS],
  ['without metadata', { state: 'loading' }, RESTS],
];

for (const [name, changes, room] of UNCLEAR) {
  test(`${name} is not worth a word`, () => assert.equal(judge({ ...WELL, ...changes }, room), null));
}

for (const [driftMs, s] of [[-1100, 1], [-2600, 3], [-61_000, 61]]) {
  test(`${-driftMs} ms late is ${s} s behind`, () => assert.deepEqual(judge({ ...WELL, driftMs }, vector()), { state: 'behind', s }));
}

for (const driftMs of [-1000, null, 5000]) {
  test(`a drift of ${driftMs} ms is nobody's business`, () => assert.equal(judge({ ...WELL, driftMs }, vector()).state, 'ready'));
}

/** Runs a story with time that only it moves; returns the reports as [state, s]. */
function told(story) {
  mock.timers.enable({ apis: ['setTimeout'] });
  const clock = { now: 0 };
  mock.method(performance, 'now', () => clock.now);
  const sent = [];
  const line = { up: true };
  const reporter = new Reporter({ send: (message) => line.up && sent.push(message) > 0 });
  reporter.vector(vector({ v: 7 }));
  const pass = (ms) => {
    clock.now += ms;
    mock.timers.tick(ms);
  };
  story(reporter, pass, line);
  mock.timers.reset();
  mock.restoreAll();
  return sent;
}

const states = (sent) => sent.map(({ state }) => state);

test('a report carries the entry and the version that it is about', () => {
  const [first] = told((reporter, pass) => {
    reporter.status(WELL);
    pass(300);
  });
  assert.deepEqual(first, { type: 'rdy', entry: '1', v: 7, state: 'ready', s: null });
});

test('nothing is said twice', () => {
  const sent = told((reporter, pass) => {
    for (const driftMs of [1, 5, -30, 12]) {
      reporter.status({ ...WELL, driftMs });
      pass(5000);
    }
  });
  assert.deepEqual(states(sent), ['ready']);
});

test('what lasts less than 300 ms is not told, nor a stall of less than 700', () => {
  const sent = told((reporter, pass) => {
    reporter.status(WELL);
    pass(300);
    reporter.status({ ...WELL, mute: true });
    pass(299);
    reporter.status(WELL);
    pass(1000);
    reporter.status({ ...WELL, state: 'stalled' });
    pass(699);
    reporter.status(WELL);
    pass(1000);
    reporter.status({ ...WELL, state: 'stalled' });
    pass(700);
  });
  assert.deepEqual(states(sent), ['ready', 'stalled']);
});

test('a state that lasts is told however much else changes meanwhile', () => {
  const sent = told((reporter, pass) => {
    for (const driftMs of [0, 100, 0, 100]) {
      reporter.status({ ...WELL, driftMs });
      pass(100);
    }
  });
  assert.deepEqual(states(sent), ['ready']);
});

test('a stall that outlasts news of the room is told 700 ms after it began', () => {
  const sent = told((reporter, pass) => {
    reporter.status({ ...WELL, state: 'stalled', flowing: false });
    pass(500);
    reporter.vector({ ...HELD, v: 8 });
    reporter.status({ ...WELL, state: 'seeking', flowing: false });
    pass(200);
  });
  assert.deepEqual(sent, [{ type: 'rdy', entry: '1', v: 8, state: 'stalled', s: null }]);
});

test('who was waited for is ready 300 ms after the film is there', () => {
  const sent = told((reporter, pass) => {
    reporter.status({ ...WELL, state: 'stalled', flowing: false });
    pass(700);
    reporter.vector(HELD);
    reporter.status({ ...WELL, state: 'paused' });
    pass(300);
  });
  assert.deepEqual(states(sent), ['stalled', 'ready']);
});

test('how far behind is told again at most every three seconds, and then as it is', () => {
  const sent = told((reporter, pass) => {
    for (const driftMs of [-5000, -4000, -3000, -2000]) {
      reporter.status({ ...WELL, driftMs });
      pass(1000);
    }
  });
  assert.deepEqual(sent.map(({ s }) => s), [5, 2]);
});

test('a film on its way into the room says nothing yet', () => {
  const sent = told((reporter, pass) => {
    for (const state of ['loading', 'priming', 'armed']) {
      reporter.status({ ...WELL, state });
      pass(5000);
    }
  });
  assert.deepEqual(sent, []);
});

test('without the room there is nothing to tell', () => {
  const sent = [];
  new Reporter({ send: (message) => sent.push(message) }).status(WELL);
  assert.deepEqual(sent, []);
});

test('a new line is told anew, also that all is well: before that nobody waits for this viewer', () => {
  const sent = told((reporter, pass) => {
    reporter.status(WELL);
    pass(300);
    reporter.opened();
    pass(300);
  });
  assert.deepEqual(states(sent), ['ready', 'ready']);
});

test('what did not go out is said on the next line', () => {
  const sent = told((reporter, pass, line) => {
    line.up = false;
    reporter.status(WELL);
    pass(300);
    line.up = true;
    reporter.opened();
    pass(300);
  });
  assert.deepEqual(states(sent), ['ready']);
});

test('nothing is said after the end', () => {
  const sent = told((reporter, pass) => {
    reporter.status(WELL);
    reporter.close();
    pass(5000);
  });
  assert.deepEqual(sent, []);
});
