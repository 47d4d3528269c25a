/** What happened in the room, in words; pure. */
import { clockText } from '../words.js';

const ROOM = { name: 'The room' };

const MODES = {
  control: { everyone: 'Everyone may control the film now', some: 'control the film now', one: 'controls the film now' },
  queue: { everyone: 'Everyone may add videos now', some: 'add videos now', one: 'adds videos now' },
  chat: { everyone: 'Everyone may chat now', some: 'chat now', one: 'chats now' },
};
const WAITS = {
  never: 'The film waits for nobody now',
  some: 'The film waits a little for those who fall behind',
  all: 'The film waits for everyone who falls behind',
};
const LOOPS = {
  off: 'The queue plays once',
  one: 'This video plays again and again',
  all: 'The queue plays again and again',
};
const SETTINGS = {
  control: (value) => mode('control', value),
  queue: (value) => mode('queue', value),
  chat: (value) => mode('chat', value),
  wait: (value) => WAITS[value],
  seconds: (value) => `The film waits at most ${plural(value, 'second')} for somebody`,
  slow: (value) => (value ? `Slow mode: a message every ${plural(value, 'second')}` : 'Slow mode is off'),
  loop: (value) => LOOPS[value],
  autoplay: (value) => (value ? 'The next video plays by itself' : 'The next video waits for a press'),
  votes: (value) => (value ? 'Votes decide what comes next' : 'Votes decide nothing any more'),
  broken: (value) => (value === 'skip' ? 'Videos that play for nobody are skipped' : 'Videos that play for nobody wait for a decision'),
  locked: (value) => (value ? 'The room is locked: nobody new comes in' : 'The room is open again'),
};

const WORDS = {
  play: ({ by, times }) => [by, ` pressed play${often(times)}`],
  pause: ({ by, times, to }) => [by, ` paused${often(times) || at(to)}`],
  seek: ({ by, from, to }) => [by, Number.isFinite(from) ? ` jumped ${clockText(from)} → ${clockText(to)}` : ` jumped to ${clockText(to)}`],
  undo: ({ by, to }) => [by, ` took that back${at(to)}`],
  video: ({ by, value }) => [by, ' changed the video', ...(value ? [' to ', { name: value }] : [])],
  skip: ({ by, value }) => [by, ' skipped', ...(value ? [' to ', { name: value }] : [' a video'])],
  next: ({ value }) => ['Next', ...(value ? [': ', { name: value }] : [' video'])],
  'queue-add': ({ by, value, count }) => [by, ' added ', ...entries(value, count)],
  'queue-remove': ({ by, value, count }) => [by, ' removed ', ...entries(value, count)],
  'queue-clear': ({ by, count }) => [by, ` cleared the queue of ${plural(count, 'video')}`],
  'queue-back': ({ by, value, count }) => [by, ' brought back ', ...entries(value, count)],
  'queue-shuffle': ({ by, times }) => [by, ` shuffled the queue${often(times)}`],
  'queue-replace': ({ by, value }) => [by, ' replaced ', { name: value }],
  rate: ({ by, value }) => [by, ` set the speed to ${value}×`],
  set: ({ field, value }) => [SETTINGS[field]?.(value) ?? null],
  helper: ({ who, value }) => [who, value ? ' is a helper now' : ' is no longer a helper'],
  grant: ({ by, who, value }) => [by, ' gave the remote to ', who, value ? ' for good' : ''],
  take: ({ by, who }) => (by.id === who.id ? [who, ' gave the remote back'] : [by, ' took the remote from ', who]),
  mute: ({ who, value }) => [who, value ? ' is muted' : ' may chat again'],
  kick: ({ who }) => [who, ' was removed for 10 minutes'],
  ban: ({ who }) => [who, ' was banned'],
  lift: ({ who }) => [who, ' may come back'],
  stop: ({ by }) => [by, ' stopped the film'],
  close: ({ by }) => [by, ' closed the room'],
  reopen: ({ by }) => [by, ' opened the room again'],
  clear: ({ by }) => [by, ' cleared the chat'],
  restore: ({ by }) => [by, ' brought the chat back'],
  check: ({ by }) => [by, ' asks: is everyone ready?'],
  invite: ({ by, value }) => [by, ' made an invite', ...(value ? [': ', { name: value }] : [])],
  revoke: ({ by, value }) => [by, ' took back an invite', ...(value ? [': ', { name: value }] : [])],
  renew: ({ by }) => [by, ' made a new invite link: the old one no longer works'],
  acting: ({ who }) => [who, ' acts as host while the host is away'],
  back: () => ['The host is back'],
  hold: ({ who, value }) => ['Waiting for ', who, value > 1 ? ` and ${plural(value - 1, 'other')}` : ''],
  go: ({ by }) => [by, ' went on without waiting'],
  join: ({ by, people = [by] }) => [...listed(people), ' joined'],
  leave: ({ by, people = [by] }) => [...listed(people), ' left'],
};

/** Returns an event in parts: words, and people {id, name, color}; empty for what this page does not know. */
export function eventParts(event) {
  const words = WORDS[event.kind];
  if (!words) return [];
  const parts = words({ ...event, by: event.by ?? ROOM, who: event.who ?? { name: 'someone' } });
  return parts.includes(null) ? [] : parts.filter((part) => part !== '');
}

/** Returns an event as one sentence. */
export function eventText(event) {
  return eventParts(event).map((part) => part.name ?? part).join('');
}

function entries(title, count = 1) {
  return count > 1 ? [`${count} videos`] : [{ name: title }];
}

function mode(field, value) {
  const { everyone, some, one } = MODES[field];
  return { everyone, helpers: `Only the host and helpers ${some}`, host: `Only the host ${one}` }[value];
}

function often(times = 1) {
  if (times < 2) return '';
  return times === 2 ? ' twice' : ` ${times} times`;
}

function listed(people) {
  const [one, two, three, ...others] = people;
  if (!two) return [one];
  if (!three) return [one, ' and ', two];
  if (!others.length) return [one, ', ', two, ' and ', three];
  return [one, ', ', two, ` and ${people.length - 2} others`];
}

const at = (seconds) => (Number.isFinite(seconds) ? ` at ${clockText(seconds)}` : '');

const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;
