import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Socket } from '../../static/js/net/socket.js';

let lines;
let socket;
let heard;

/** A line that the test opens, fills and cuts. */
class Line {
  static OPEN = 1;
  readyState = 0;
  sent = [];

  constructor(url) {
    this.url = String(url);
    lines.push(this);
  }

  send(text) {
    this.sent.push(text);
  }

  close() {
    this.readyState = 3;
  }

  opens() {
    this.readyState = 1;
    this.onopen();
  }
}

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  mock.method(Math, 'random', () => 0.5);
  Object.assign(globalThis, { WebSocket: Line, window: new EventTarget(), document: new EventTarget(), location: new URL('https://watch.test/join/key/') });
  [lines, heard] = [[], []];
  socket = new Socket('/ws/join/key/');
  ['open', 'message', 'down', 'refused'].forEach((name) => socket.on(name, (detail) => heard.push([name, detail?.code ?? detail])));
  socket.open();
});

afterEach(() => {
  socket.close();
  mock.timers.reset();
  mock.restoreAll();
});

test('the address is the page’s own host, secure as the page is', () => {
  assert.equal(lines[0].url, 'wss://watch.test/ws/join/key/');
});

test('a page that had an open line says that it comes back', () => {
  lines[0].onclose({ code: 1006 });
  mock.timers.tick(500);
  lines[1].opens();
  lines[1].onclose({ code: 1006 });
  mock.timers.tick(60_000);
  assert.deepEqual(lines.map(({ url }) => new URL(url).search), ['', '', '?back']);
});

test('without a line nothing is sent', () => assert.equal(socket.send({ type: 'get' }), false));

test('on an open line an object is sent as JSON', () => {
  lines[0].opens();
  assert.equal(socket.send({ type: 'get' }), true);
  assert.deepEqual(lines[0].sent, ['{"type":"get"}']);
});

test('a message is handed on, what is not understood is not', () => {
  lines[0].onmessage({ data: '{"type":"hb","v":1}' });
  lines[0].onmessage({ data: 'nonsense' });
  assert.deepEqual(heard, [['message', { type: 'hb', v: 1 }]]);
});

const CODES = [
  // code, ms until it comes back with a random number of 0.5
  [1006, 500],
  [1011, 500],
  [4408, 500],
  [1012, 1000],
  [1008, 8000],
  [4429, 30_000],
];

for (const [code, ms] of CODES) {
  test(`after ${code} it comes back after ${ms} ms, not before`, () => {
    lines[0].onclose({ code });
    mock.timers.tick(ms - 1);
    assert.equal(lines.length, 1);
    mock.timers.tick(1);
    assert.equal(lines.length, 2);
  });
}

for (const code of [4401, 4404]) {
  test(`after ${code} it stays away and says so`, () => {
    lines[0].onclose({ code });
    mock.timers.tick(3_600_000);
    socket.retry();
    assert.equal(lines.length, 1);
    assert.deepEqual(heard, [['refused', code]]);
  });
}

test('the waits grow', () => {
  lines[0].onclose({ code: 1006 });
  mock.timers.tick(500);
  lines[1].onclose({ code: 1006 });
  mock.timers.tick(999);
  assert.equal(lines.length, 2);
});

const CALLS = [
  ['the network returns', () => window.dispatchEvent(new Event('online'))],
  ['the page is seen again', () => document.dispatchEvent(new Event('visibilitychange'))],
  ['a person asks for it', () => socket.retry()],
];

for (const [name, call] of CALLS) {
  test(`it comes back at once when ${name}`, () => {
    lines[0].onclose({ code: 1006 });
    call();
    assert.equal(lines.length, 2);
  });
  test(`an open line is left alone when ${name}`, () => {
    lines[0].opens();
    call();
    assert.equal(lines.length, 1);
  });
}

test('25 s of silence are a broken line', () => {
  lines[0].opens();
  mock.timers.tick(24_999);
  assert.equal(lines[0].readyState, 1);
  mock.timers.tick(1);
  assert.deepEqual(heard.at(-1), ['down', 1006]);
  assert.equal(lines[0].readyState, 3);
});

test('a frame every 20 s keeps the line', () => {
  lines[0].opens();
  mock.timers.tick(20_000);
  lines[0].onmessage({ data: '{"type":"hb","v":1}' });
  mock.timers.tick(20_000);
  assert.equal(lines[0].readyState, 1);
});

test('a closed socket stays closed', () => {
  socket.close();
  mock.timers.tick(3_600_000);
  assert.equal(lines.length, 1);
});
