/** The names on the wire, twin of rooms/protocol.py; docs/protocol.md says what they mean. */

const VECTOR = ['v', 'epoch', 'entry', 'pos', 'rate', 'playing', 'hold', 't', 'by'];

/** Fields by message type, from the client; `op`, `manage` and `queue` have some of theirs only with some kinds. */
export const FROM_CLIENT = {
  ck: ['seq', 'c0', 'rtt', 'v', 'drift'],
  op: ['id', 'v', 'entry', 'kind', 'pos', 'rate'],
  end: ['entry'],
  meta: ['entry', 'duration', 'live', 'title'],
  get: [],
  me: [],
  fault: ['entry', 'reason'],
  queue: ['id', 'kind', 'links', 'where', 'entry', 'before', 'on', 'start', 'link', 'list', 'name'],
  entries: [],
  rdy: ['entry', 'v', 'state', 's'],
  say: ['id', 'text', 're', 'at'],
  edit: ['id', 'n', 'text'],
  del: ['id', 'n'],
  mark: ['id', 'n', 'emoji', 'on'],
  past: ['before'],
  typing: [],
  emote: ['emoji'],
  ready: [],
  ask: [],
  crowd: ['from'],
  manage: ['id', 'kind', 'user', 'on', 'good', 'field', 'value', 'ban', 'invite', 'name', 'role', 'hours', 'uses'],
};

/** Fields by message type, from the server. */
export const FROM_SERVER = {
  st: VECTOR,
  ck: ['seq', 'c0', 's1', 's2'],
  nak: ['id', 'reason', 'st'],
  who: ['n', 'people', 'add', 'del'],
  hb: ['v'],
  error: ['code', 'detail'],
  entry: ['id', 'source', 'ref', 'title', 'duration', 'start', 'known'],
  rules: ['v', 'control', 'queue', 'chat', 'wait', 'seconds', 'slow', 'locked', 'loop', 'autoplay', 'votes', 'broken', 'helpers', 'remotes', 'acting', 'muted'],
  you: ['role', 'may', 'muted'],
  asks: ['people'],
  chat: ['v', 'first', 'items', 'log'],
  past: ['first', 'items'],
  msg: ['v', 'item'],
  clear: ['v', 'cleared'],
  log: ['item'],
  typing: ['people'],
  float: ['items'],
  crowd: ['from', 'n', 'people'],
  queue: ['v', 'skips', 'entries'],
  queued: ['from', 'v', 'skips', 'del', 'put', 'order'],
  voted: ['entries'],
  done: ['id', 'data'],
  refused: ['id', 'reason', 'wait'],
};

const ID_LENGTH = 16;
const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'; // 64: one letter is 6 bits

/** Returns the message of a frame, or null for what this client does not know (a newer server may say more). */
export function parse(text) {
  const message = fromJson(text);
  return Object.hasOwn(FROM_SERVER, message?.type ?? '') ? message : null;
}

/** Returns a new random id for an op. */
export function opId() {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_LENGTH));
  return Array.from(bytes, (byte) => ID_LETTERS[byte & 63]).join('');
}

function fromJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
