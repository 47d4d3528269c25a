/** What this page knows of the chat, from the server's messages and from what I said; pure. */

const KEPT = 1000; // messages in memory: a long evening must not fill a phone
const LOGGED = 200; // events in memory
const HELD = 200; // changes that wait for their turn

export const initialChat = {
  v: null, // version of the newest change applied; null: the snapshot of this line has not come yet
  first: 1, // number of the oldest message that exists
  items: [], // messages by number, without gaps
  log: [], // what happened in the room, by time
  typing: [], // [id, name]
  pending: [], // what I said and the room has not confirmed: {id, text, re, at, t, reason, wait}
  held: [], // changes since a snapshot was asked for, and those that came before their turn
  asking: false, // a snapshot was asked for
  stale: false, // only a snapshot brings back what is missing here
  before: null, // the page before this message was asked for
  late: [], // changes of messages that may be on that page
};

const RULES = {
  chat: snapshot,
  past: page,
  msg: change,
  clear: change,
  log: (chat, { item }) => quiet({ ...chat, log: merged(chat.log, [item]) }),
  typing: (chat, { people }) => quiet({ ...chat, typing: people }),
  hb: beaten,
  refused: (chat, { id, reason, wait }) => quiet(refused(chat, id, { reason, wait })),
};

/** Returns {chat, ask}: the chat after a message, and whether to ask for a snapshot because a change was missed. */
export function reduceChat(chat, message) {
  const rule = RULES[message.type];
  return rule ? rule(chat, message) : quiet(chat);
}

/** Returns the chat on a new line, whose snapshot counts whatever its version. */
export function renewed(chat) {
  return { ...chat, v: null, typing: [], held: [], asking: false, stale: false, before: null, late: [] };
}

/** Returns the chat with a message of mine {id, text, re, at, t} that waits for the room. */
export function pend(chat, message) {
  return { ...chat, pending: [...chat.pending, { ...message, reason: null, wait: null }] };
}

/** Returns the chat in which a refused message of mine waits for the room again. */
export function retried(chat, id) {
  return refused(chat, id, { reason: null, wait: null });
}

/** Returns the chat without a message of mine that was never sent. */
export function dropPending(chat, id) {
  return { ...chat, pending: chat.pending.filter((one) => one.id !== id) };
}

/** Returns the `say` messages to send again on a new line: those neither confirmed nor refused. */
export function again(chat) {
  return chat.pending.filter(({ reason }) => !reason).map(({ id, text, re, at }) => ({ type: 'say', id, text, re, at }));
}

/** Returns whether there are messages before those that are here. */
export function hasOlder(chat) {
  return chat.items.length > 0 && oldest(chat) > chat.first;
}

/** Returns {chat, ask}: `ask` is the message that asks for the page before, or null while there is no use in asking. */
export function older(chat) {
  if (chat.v === null || chat.before !== null || !hasOlder(chat)) return { chat, ask: null };
  const before = oldest(chat);
  return { chat: { ...chat, before, late: [] }, ask: { type: 'past', before } };
}

/** Returns the message of a number, or null where it is not here. */
export function find(chat, n) {
  return chat.items.find((item) => item.n === n) ?? null;
}

function snapshot(chat, { v, first, items, log }) {
  const known = settled(chat, items);
  const isDouble = chat.v !== null && !chat.asking && v <= chat.v;
  if (isDouble) return quiet(known);
  const fresh = { v, first, items, log: merged(chat.log, log), asking: false, stale: false, before: null, late: [] };
  return caughtUp({ ...known, ...fresh });
}

function page(chat, { first, items }) {
  if (chat.before === null || chat.before !== oldest(chat)) return quiet({ ...chat, before: null, late: [] });
  const late = new Map(chat.late.map((item) => [item.n, item]));
  const more = items.filter(({ n }) => n < chat.before).map((item) => late.get(item.n) ?? item);
  const start = more.length ? first : chat.before; // an empty page: there is nothing to ask for any more
  return quiet({ ...chat, first: start, items: [...more, ...chat.items], before: null, late: [] });
}

function change(chat, message) {
  const known = settled(chat, message.item ? [message.item] : []);
  if (known.v !== null && message.v <= known.v) return quiet(known);
  return caughtUp({ ...known, held: [...known.held, message].slice(-HELD) });
}

/** Applies the held changes whose turn has come; what is left then is a gap. */
function caughtUp(chat) {
  if (chat.v === null) return quiet(chat);
  const inTurn = chat.held.toSorted((a, b) => a.v - b.v);
  const now = inTurn.reduce((so, message) => (message.v === so.v + 1 ? applied(so, message) : so), chat);
  const gap = now.stale || now.held.some(({ v }) => v > now.v);
  const asking = chat.asking || gap;
  return { chat: { ...now, asking, held: asking ? now.held : [] }, ask: gap && !chat.asking };
}

function applied(chat, message) {
  return { ...(message.type === 'msg' ? placed(chat, message.item) : cleared(chat, message.cleared)), v: message.v };
}

function placed(chat, item) {
  if (item.n < oldest(chat)) return chat.before === null ? chat : { ...chat, late: [...chat.late, item] };
  const { items } = chat;
  const index = items.findLastIndex(({ n }) => n <= item.n);
  if (items[index]?.n === item.n) return { ...chat, items: items.with(index, item) };
  const typing = chat.typing.filter(([id]) => id !== item.user); // whoever has said it has stopped typing it
  return { ...chat, typing, items: items.toSpliced(index + 1, 0, item).slice(-KEPT) };
}

// A clear that takes nothing away is one that was taken back: the messages are on the server only.
function cleared(chat, upTo) {
  if (upTo < chat.first) return { ...chat, stale: true };
  return { ...chat, first: upTo + 1, items: chat.items.filter(({ n }) => n > upTo) };
}

function settled(chat, items) {
  if (!chat.pending.length) return chat;
  const ids = new Set(items.map(({ id }) => id));
  return { ...chat, pending: chat.pending.filter(({ id }) => !ids.has(id)) };
}

/** A question of before the last heartbeat is not answered any more: one may ask again. */
function beaten(chat) {
  return { chat: chat.before === null ? chat : { ...chat, before: null }, ask: chat.asking || chat.v === null };
}

function refused(chat, id, { reason, wait }) {
  return { ...chat, pending: chat.pending.map((one) => (one.id === id ? { ...one, reason, wait } : one)) };
}

function merged(log, items) {
  const unique = new Map([...log, ...items].map((item) => [logKey(item), item]));
  return [...unique.values()].sort((a, b) => a.t - b.t).slice(-LOGGED);
}

// Items of the log have no number: who did what to whom at that millisecond is one.
const logKey = ({ t, kind, by, who, field }) => [t, kind, by?.id, who?.id, field].join();

const oldest = (chat) => chat.items[0]?.n ?? chat.first;

const quiet = (chat) => ({ chat, ask: false });
