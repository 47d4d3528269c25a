/** What this page knows of the room's film, from the server's messages; pure. */

export const initial = { vector: null, v: null, epoch: null };

const RULES = {
  st: (state, message) => applied(state, message),
  nak: (state, message) => applied(state, message.st),
  hb: (state, { v }) => ({ state, ask: state.v !== null && v > state.v }),
};

/** Returns {state, ask}: the state after a message, and whether to ask for the vector because one was missed. */
export function reduce(state, message) {
  const rule = RULES[message.type];
  return rule ? rule(state, message) : { state, ask: false };
}

function applied(state, { type, ...vector }) {
  const news = vector.epoch !== state.epoch || vector.v > state.v;
  if (!news) return { state, ask: false };
  return { state: { ...state, vector, v: vector.v, epoch: vector.epoch }, ask: false };
}
