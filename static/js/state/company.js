/** What this page knows of the company: who is here, the rules, what I may do, who asks for the remote; pure. */

export const initialCompany = { people: new Map(), count: 0, rules: null, you: null, asks: [], crowd: null };

const UNTOLD = new Set(['control', 'queue', 'chat']); // may be tried before the server has said: it decides anyway

const RULES = {
  who: (state, message) => ({ ...state, people: roster(state.people, message), count: message.n }),
  rules: (state, { type, ...rules }) => (rules.v < state.rules?.v ? state : { ...state, rules }),
  you: (state, { type, ...you }) => ({ ...state, you }),
  asks: (state, { people }) => ({ ...state, asks: people.map(([id, name]) => ({ id, name })) }),
  crowd: (state, message) => ({ ...state, crowd: crowd(state.crowd, message) }),
};

/** Returns the state after a message; the same one where the message is about something else. */
export function reduceCompany(state, message) {
  return RULES[message.type]?.(state, message) ?? state;
}

/** Returns the state on a new line, where the first rules count whatever their version is. */
export function onNewLine(state) {
  return { ...state, rules: state.rules && { ...state.rules, v: -1 }, asks: [] };
}

/** Returns whether I may do what the word stands for. */
export function mayDo({ you }, word) {
  return you ? you.may.includes(word) : UNTOLD.has(word);
}

/** Returns the person of an id, or undefined: most people of a large room are only counted. */
export function personOf({ people, crowd, asks }, id) {
  return people.get(id) ?? crowd?.people.get(id) ?? asks.find((one) => one.id === id);
}

function roster(before, { people: all, add = [], del = [] }) {
  const known = new Map(all ? [] : before);
  for (const id of del) known.delete(id);
  for (const person of [...(all ?? []), ...add]) known.set(person.id, person);
  return known;
}

/** `next` is where the next page begins, or null after the last one. */
function crowd(before, { from, n, people }) {
  const known = new Map(from === 0 ? [] : before?.people);
  for (const person of people) known.set(person.id, person);
  const next = from + people.length;
  return { people: known, n, next: people.length && next < n ? next : null };
}
