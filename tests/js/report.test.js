import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { judge, Reporter } from '../../static/js/sync/report.js';
import { vector } from './helpers.js';

const WELL = { state: 'playing', driftMs: 3, detached: false, silenced: false, flowing: true, ad: false, mute: false };
const HELD = vector({ hold: { kind: 'wait', users: [1], until: null } });

const TABLE = [
  ['all is well', {}, vector(), 'ready'],
  ['the film stopped for want of data', { state: 'stalled', flowing: false }, vector(), 'stalled'],
  ['an ad plays, whatever else', { ad: true, state: 'stalled', mute: true }, vector(), 'ad'],
  ['the browser wants a tap', { state: 'blocked' }, vector(), 'blocked'],
  ['the browser paused this film', { detached: true }, vector(), 'apart'],
  ['the person turned the sound off', { mute: true }, vector(), 'muted'],
  ['the browser turned the sound off', { silenced: true }, vector(), 'muted'],
  ['the film rests and has its data', { state: 'paused' }, vector({ playing: false }), 'ready'],
  ['the room waits and the data is there', { state: 'paused' }, HELD, 'ready'],
  ['the room waits and the data is not there', { state: 'seeking', flowing: false }, HELD, 'stalled'],
];

for (const [name, changes, room, state] of TABLE) {
  test(`${name}: ${state}`, () => assert.deepEqual(judge({ ...WELL, ...changes }, room), { state, s: null }));
}

test('far behind is told in whole seconds', () => {
  assert.deepEqual(judge({ ...WELL, driftMs: -2600 }, vector()), { state: 'behind', s: 3 });
});

test('a second behind is nobody’s business', () => {
  assert.equal(judge({ ...WELL, driftMs: -999 }, vector()).state, 'ready');
});

/** Runs a story with time that only it moves; returns the reports as [state, s]. */
function told(story) {
  mock.timers.enable({ apis: ['setTimeout'] });
  const sent = [];
  const line = { up: true };
  const reporter = new Reporter({ send: (message) => line.up && sent.push(message) > 0 });
  reporter.vector(vector({ v: 7 }));
  story(reporter, (ms) => mock.timers.tick(ms), line);
  mock.timers.reset();
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

test('a film on its way into the room says nothing yet', () => {
  const sent = told((reporter, pass) => {
    for (const state of ['loading', 'priming', 'seeking']) reporter.status({ ...WELL, state });
    pass(5000);
  });
  assert.deepEqual(sent, []);
});

test('a new line is told anew', () => {
  const sent = told((reporter, pass) => {
    reporter.status({ ...WELL, mute: true });
    pass(300);
    reporter.opened();
    pass(300);
  });
  assert.deepEqual(states(sent), ['muted', 'muted']);
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
