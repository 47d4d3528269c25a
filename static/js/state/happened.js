/** What this page itself sees happen in the room, in the words of the room's log; pure. */

const NAMED = 50; // people of a room whom the server names: in a larger one nobody can tell who is new
const KEPT = 200; // events
const JUMP = ({ by, pos }) => ({ from: by.was ?? null, to: pos });
const CARRIED = { // what the log keeps of an act by its kind
  play: () => ({}),
  pause: ({ pos }) => ({ to: pos }),
  seek: JUMP,
  undo: JUMP,
  video: (vector, value) => ({ value }),
  skip: (vector, value) => ({ value }),
  next: (vector, value) => ({ value }),
  rate: ({ rate }) => ({ value: rate }),
  go: () => ({}),
};

/** Returns the event of an act on the film, or null: `person` {id, name, color} or the room made the new `vector`. */
export function filmAct(before, vector, person, title = null) {
  const { by, v, t } = vector;
  if (!before || !by || v <= before.v || !CARRIED[by.kind]) return null;
  return { t, v, kind: by.kind, by: person, ...CARRIED[by.kind](vector, title) };
}

/** Returns who came and went between two rosters (Maps of people by id) at time `t` (ms); nobody on the first one. */
export function movements(people, before, me, t) {
  if (!before.size || Math.max(people.size, before.size) >= NAMED) return [];
  const missing = (some, others) => [...some.values()].filter(({ id }) => id !== me && !others.has(id));
  const events = (kind, some) => some.map(({ id, name, color }) => ({ t, kind, by: { id, name, color } }));
  return [...events('join', missing(people, before)), ...events('leave', missing(before, people))];
}

/** Returns the events with those that are new; the oldest go where there are too many. */
export function remembered(events, news) {
  return news.length ? [...events, ...news].slice(-KEPT) : events;
}
