/** Tells the room how this viewer gets on: with the others, buffering, behind, in an ad, and so on. */

const STALL = 700; // ms that a film must have stopped for before anybody hears of it
const CALM = 300; // ms that any other state must last
const BEHIND = -1000; // ms of drift
const BEHIND_AGAIN = 3000; // ms between two reports of how far behind

const ON_THE_WAY = new Set(['loading', 'seeking', 'priming', 'armed']);

/** Returns {state, s} of a driver's status in a room with this vector, or null where there is nothing to say yet; pure. */
export function judge(status, vector) {
  const { state, driftMs, detached, silenced, flowing, ad, mute } = status;
  if (ad) return { state: 'ad', s: null };
  if (state === 'stalled' || (vector.hold && !flowing)) return { state: 'stalled', s: null };
  if (state === 'blocked') return { state: 'blocked', s: null };
  if (detached) return { state: 'apart', s: null };
  if (driftMs < BEHIND) return { state: 'behind', s: Math.round(-driftMs / 1000) };
  if (!isThere(status, vector)) return null;
  return { state: silenced || mute ? 'muted' : 'ready', s: null };
}

/** While the room waits or rests, whoever has the film at its position is there; while it runs, whoever runs with it. */
function isThere({ state, flowing }, { playing, hold }) {
  return playing && !hold ? !ON_THE_WAY.has(state) : flowing && state !== 'loading';
}

/** Sends a `rdy` on each transition that lasts; for as long as nothing changes it sends nothing. */
export class Reporter {
  #send;
  #vector = null;
  #status = null;
  #told = null; // {state, s} as this line knows it
  #toldAt = -Infinity;
  #next = null; // {state, s} that has to last a while yet
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

  /** A new line knows nothing of this viewer, and counts it for waiting only after its first `ready`. */
  opened() {
    this.#told = null;
    this.#look();
  }

  /** Says nothing until there is a status again. */
  close() {
    this.#status = null;
    this.#forget();
  }

  #look() {
    const report = this.#vector && this.#status && judge(this.#status, this.#vector);
    if (!report || isSame(report, this.#told)) return this.#forget();
    const goesOn = report.state === this.#next?.state;
    this.#next = report;
    if (goesOn) return; // its time runs already
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), this.#wait(report));
  }

  #wait({ state }) {
    if (state === 'stalled') return STALL;
    const again = state === 'behind' && this.#told?.state === 'behind';
    return again ? Math.max(CALM, this.#toldAt + BEHIND_AGAIN - performance.now()) : CALM;
  }

  #tell() {
    const report = this.#next;
    this.#forget();
    const { entry, v } = this.#vector;
    if (!this.#send({ type: 'rdy', entry, v, ...report })) return; // the next line asks again
    this.#told = report;
    this.#toldAt = performance.now();
  }

  #forget() {
    clearTimeout(this.#timer);
    this.#timer = this.#next = null;
  }
}

function isSame(one, other) {
  return one.state === other?.state && one.s === other.s;
}
