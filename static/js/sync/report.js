/** Tells the room how this viewer gets on: in sync, buffering, behind, in an ad, and so on. */

const STALL = 700; // ms that a film must have stopped for before anybody hears of it
const CALM = 300; // ms that any other state must last
const BEHIND = -1000; // ms of drift
const BEHIND_AGAIN = 3000; // ms between two reports of how far behind

/** Returns {state, s} of a driver's status in a room with this vector; pure. */
export function judge({ state, driftMs, detached, silenced, flowing, ad, mute }, vector) {
  if (ad) return { state: 'ad', s: null };
  if (state === 'stalled' || (vector.hold && !flowing)) return { state: 'stalled', s: null };
  if (state === 'blocked') return { state: 'blocked', s: null };
  if (detached) return { state: 'apart', s: null };
  if (driftMs < BEHIND) return { state: 'behind', s: Math.round(-driftMs / 1000) };
  return { state: silenced || mute ? 'muted' : 'ready', s: null };
}

const UNSURE = new Set(['loading', 'seeking', 'priming']); // on the way: nothing to say yet

export class Reporter {
  #send;
  #vector = null;
  #status = null;
  #told = null; // the last report, as it was sent
  #toldAt = -Infinity;
  #timer = null;

  /** `send` takes a message and returns whether it went. */
  constructor({ send }) {
    this.#send = send;
  }

  /** Takes the driver's status. */
  status(status) {
    this.#status = status;
    this.#look();
  }

  /** Takes the room's vector. */
  vector(vector) {
    this.#vector = vector;
    this.#look();
  }

  /** A new line knows nothing of this viewer. */
  opened() {
    this.#told = null;
    this.#look();
  }

  /** Says nothing any more. */
  close() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#status = null;
  }

  #look() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const report = this.#report();
    if (!report || isSame(report, this.#told)) return;
    this.#timer = setTimeout(() => this.#tell(report), this.#wait(report));
  }

  #report() {
    if (!this.#vector || !this.#status) return null;
    const report = judge(this.#status, this.#vector);
    return report.state === 'ready' && UNSURE.has(this.#status.state) && !this.#vector.hold ? null : report;
  }

  #wait({ state }) {
    if (state === 'stalled') return STALL;
    const again = state === 'behind' && this.#told?.state === 'behind';
    return again ? Math.max(CALM, this.#toldAt + BEHIND_AGAIN - performance.now()) : CALM;
  }

  #tell({ state, s }) {
    const { entry, v } = this.#vector;
    if (!this.#send({ type: 'rdy', entry, v, state, s })) return; // the next line asks again
    this.#told = { state, s };
    this.#toldAt = performance.now();
  }
}

function isSame(one, other) {
  return one.state === other?.state && one.s === other.s;
}
