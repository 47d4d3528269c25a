/** The room's queue as this page knows it: what plays stands in it, played above, to come below; pure. */

export const initialQueue = { v: null, skips: 0, entries: [], voted: new Set() };

const RULES = {
  queue: (state, { v, skips, entries }) => known({ ...state, v, skips, entries }),
  queued: changed,
  voted: (state, { entries }) => known({ ...state, voted: new Set(entries) }),
};

/** Returns {state, ask}: the state after a message, and whether to ask for the whole queue because a change was missed. */
export function reduceQueue(state, message) {
  return RULES[message.type]?.(state, message) ?? known(state);
}

/** Returns the state after I voted for an entry, or no longer. */
export function withVote(state, id, on) {
  const others = [...state.voted].filter((one) => one !== id);
  return { ...state, voted: new Set(on ? [...others, id] : others) };
}

/** Returns the place of an entry, or -1. */
export function placeOf({ entries }, id) {
  return entries.findIndex((entry) => entry.id === id);
}

/** Returns the link that leads to a video. */
export function linkOf({ source, ref }) {
  return source === 'youtube' ? `https://www.youtube.com/watch?v=${ref}` : ref;
}

/** Returns the entry that follows the one of this id, or null; in a loop of all the first comes after the last. */
export function nextOf(queue, id, loop = 'off') {
  const { entries } = queue;
  return entries[placeOf(queue, id) + 1] ?? (loop === 'all' ? entries[0] : null) ?? null;
}

/** Returns the id before which an entry goes when it is moved by `step` places (-1, 1), or to an end; undefined: it stays. */
export function beforeOf({ entries }, id, step) {
  const others = entries.filter((entry) => entry.id !== id);
  const here = entries.findIndex((entry) => entry.id === id);
  const place = Math.max(0, Math.min(others.length, here + step));
  return place === here ? undefined : others[place]?.id ?? null;
}

function changed(state, { from, v, skips, del, put, order }) {
  if (state.v === null || v <= state.v) return known(state);
  if (from !== state.v) return { state, ask: true };
  return known({ ...state, v, skips, entries: applied(state.entries, { del, put, order }) });
}

function applied(before, { del, put, order }) {
  const out = new Set([...del, ...put.map(([, entry]) => entry.id)]);
  const entries = before.filter(({ id }) => !out.has(id));
  for (const [place, entry] of put) entries.splice(place, 0, entry);
  if (!order) return entries;
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return order.map((id) => byId.get(id));
}

const known = (state) => ({ state, ask: false });
