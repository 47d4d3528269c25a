/** One WebSocket that comes back for ever; knows no message names. Events: 'open', 'message', 'down', 'refused'. */
import { delay } from './backoff.js';
import { Emitter, listen } from '../emitter.js';
import { parse } from './protocol.js';

const SILENCE = 25_000; // ms without a frame: the line is broken, whatever the browser believes
const SETTLED = 5_000; // ms: a line that lived this long starts the backoff afresh
const RESTART = 2_000; // ms over which clients spread their return to a server that restarts
const FLOOD_ATTEMPT = 4; // 1008 says we sent too much: start with a wait of 4 to 12 s
const FULL = 30_000; // ms, 0.5 to 1.5 of it: a full room is asked again slowly

const FINAL = new Set([4401, 4403, 4404, 4410, 4423, 4424]);

export class Socket extends Emitter {
  #path;
  #line = null;
  #attempt = 0;
  #openedAt = null;
  #wasOpen = false;
  #timer = null;
  #watchdog = null;
  #undo = [];

  constructor(path) {
    super();
    this.#path = path;
  }

  /** Connects, and from now on reconnects. */
  open() {
    this.#undo = [
      listen(window, 'online', () => this.retry()),
      listen(document, 'visibilitychange', () => document.hidden || this.retry()),
    ];
    this.#connect();
  }

  /** Sends an object as JSON; returns false if there is no line. */
  send(object) {
    if (this.#line?.readyState !== WebSocket.OPEN) return false;
    this.#line.send(JSON.stringify(object));
    return true;
  }

  /** Connects at once if it was waiting to. */
  retry() {
    if (this.#timer !== null) this.#connect();
  }

  /** Closes the line and stays closed. */
  close() {
    for (const undo of this.#undo.splice(0)) undo();
    this.#drop()?.close(1000);
  }

  #connect() {
    this.#drop();
    const url = new URL(this.#wasOpen ? `${this.#path}?back` : this.#path, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const line = new WebSocket(url);
    line.onopen = () => this.#opened();
    line.onmessage = (event) => this.#heard(event.data);
    line.onclose = (event) => this.#down(event.code);
    this.#line = line;
    this.#watch();
  }

  /** Forgets the line and its timers without an event; returns the line. */
  #drop() {
    clearTimeout(this.#timer);
    clearTimeout(this.#watchdog);
    this.#timer = null;
    const line = this.#line;
    if (line) line.onopen = line.onmessage = line.onclose = null;
    this.#line = null;
    return line;
  }

  #watch() {
    clearTimeout(this.#watchdog);
    // A half-open line answers no close frame for minutes: leave it, don't wait for its close event.
    this.#watchdog = setTimeout(() => {
      this.#line?.close();
      this.#down(1006);
    }, SILENCE);
  }

  #opened() {
    this.#openedAt = performance.now();
    this.#wasOpen = true;
    this.#watch();
    this.emit('open');
  }

  #heard(text) {
    this.#watch();
    const message = parse(text);
    if (message) this.emit('message', message);
  }

  #down(code) {
    this.#drop();
    const lived = this.#openedAt === null ? 0 : performance.now() - this.#openedAt;
    this.#openedAt = null;
    if (lived > SETTLED) this.#attempt = 0;
    if (FINAL.has(code)) return this.#refuse(code);
    const wait = this.#wait(code);
    this.#timer = setTimeout(() => this.#connect(), wait);
    const retryAt = performance.now() + wait;
    return code === 4429 ? this.emit('refused', { code, retryAt }) : this.emit('down', { code, retryAt });
  }

  #refuse(code) {
    this.close();
    this.emit('refused', { code, retryAt: null });
  }

  #wait(code) {
    const random = Math.random();
    if (code === 1012) return RESTART * random;
    if (code === 4429) return FULL * (0.5 + random);
    if (code === 1008) this.#attempt = Math.max(this.#attempt, FLOOD_ATTEMPT);
    return delay(this.#attempt++, random);
  }
}
