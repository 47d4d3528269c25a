/** What the page says of people, rules and waiting; pure. A sentence with names in it is a list of texts and people. */

const STATES = {
  ready: ['In sync', 'good'],
  stalled: ['Buffering', 'wait'],
  behind: ['Behind', 'wait'],
  ad: ['In an ad', 'wait'],
  apart: ['Paused tab', 'bad'],
  muted: ['Watching muted', 'good'],
  blocked: ['Has to tap', 'bad'],
  broken: ['Cannot play it', 'bad'],
  joining: ['Joining…', 'off'],
  offline: ['Offline', 'off'],
};

/** Returns [words, tone] for what a person's player does; `s` is how many seconds it is behind. */
export function stateText({ state, s }) {
  if (state === 'behind' && s >= 1) return [`${Math.round(s)} s behind`, 'wait'];
  return STATES[state] ?? ['Just arrived', 'off'];
}

/** Returns people as one tells them: Ann, Bob and 2 more; at most `most` by name. */
export function listed(people, most = 2) {
  const all = people.length === most + 1 ? most + 1 : most; // "1 more" is no shorter than a name
  const rest = people.length - all;
  const items = [...people.slice(0, all), ...(rest > 0 ? [`${rest} more`] : [])];
  return items.flatMap((item, i) => [...(i ? [i === items.length - 1 ? ' and ' : ', '] : []), item]);
}

/** Returns who has the remote. `host`, `acting`: a person or null; `remotes`: people; `helpers`: how many there are. */
export function holdersText({ control, host, acting, remotes, helpers }) {
  const others = [...remotes, ...(control === 'helpers' && helpers ? ['the helpers'] : [])];
  if (others.length) return [...listed([acting ?? host ?? 'The host', ...others], 3), ' have the remote.'];
  return acting ? [acting, ' has the remote while the host is away.'] : ['The host has the remote.'];
}

/** Returns whom the room waits for; `mine`: for me, too. */
export function waitingText(people, mine) {
  return mine ? ['The others wait for you…'] : ['Waiting for ', ...listed(people), '…'];
}

/** Returns whom a ready check waits for. */
export function readyText(people, mine) {
  return mine ? ['Everyone starts together.'] : ['Waiting for ', ...listed(people)];
}

const WHO = { everyone: 'Everyone', helpers: 'The host and the helpers', host: 'Only the host' };

const FACTS = {
  control: ({ control }) => `${WHO[control]} may control the film.`,
  queue: ({ queue }) => `${WHO[queue]} may add to the queue.`,
  chat: ({ chat }) => `${WHO[chat]} may chat.`,
  slow: ({ slow }) => (slow ? `Slow mode: one message every ${spanText(slow)}.` : 'The chat has no slow mode.'),
  locked: ({ locked }) => (locked ? 'The room is locked: nobody new comes in.' : 'Everyone with an invite comes in.'),
  votes: ({ votes }) => (votes ? 'Votes decide what comes next.' : 'The queue plays in its order.'),
  broken: ({ broken }) => (broken === 'skip' ? 'Videos that play for nobody are skipped.' : 'Videos that play for nobody are not skipped by themselves.'),
  wait: ({ wait, seconds }) => WAITS[wait](seconds),
};

const WAITS = {
  never: () => 'The film waits for nobody.',
  some: (seconds) => `The film waits up to ${seconds} s for slow viewers.`,
  all: () => 'The film waits until everyone is ready.',
};

/** Returns a rule of the room as a sentence; `field` of a `rules` message. */
export function factText(field, rules) {
  return FACTS[field](rules);
}

/** Returns what I am here, or null for a viewer like most. */
export function standingText({ role, muted }, acting) {
  if (role === 'host') return 'You are the host of this room.';
  if (acting) return 'The host is away: you act as host until they are back.';
  if (muted) return 'You are muted: you may watch, but not chat.';
  return role === 'helper' ? 'You are a helper of the host.' : null;
}

/** Returns seconds as `30 s` or `5 min`. */
export function spanText(seconds) {
  return seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

/** Returns how often an invite was used, and may be. */
export function usesText({ uses, used }) {
  if (uses !== null) return `${used} of ${uses} used`;
  return used ? `${used} used` : 'not used yet';
}

/** Returns a time as `14:30`, with the day where that is not today; both in ms. */
export function timeText(ms, now) {
  const [then, today] = [new Date(ms), new Date(now)];
  const clock = then.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (then.toDateString() === today.toDateString()) return clock;
  return `${then.toLocaleDateString([], { day: 'numeric', month: 'short' })}, ${clock}`;
}
