/** What the page says in numbers and sentences; pure. */
import { UNAVAILABLE } from './reasons.js';

/** Returns seconds as `41:10`, or `1:02:03` from an hour on. */
export function clockText(seconds) {
  const all = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const two = (number) => String(number).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Returns one or two letters for an avatar: of the first and the last word of a name. */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => [...word][0] ?? '').join('').toUpperCase();
}

/** Returns what someone did, without who did it, for a vector that an act made. */
export function actText({ by, pos, rate }) {
  const texts = {
    play: 'pressed play',
    pause: `paused at ${clockText(pos)}`,
    seek: `jumped to ${clockText(pos)}`,
    rate: `set the speed to ${rate}×`,
    undo: `went back to ${clockText(pos)}`,
    video: 'changed the video',
    skip: by.user === null ? 'Skipped: it plays for nobody here' : 'skipped a video',
    go: 'went on without waiting',
  };
  return texts[by.kind];
}

const REFUSALS = {
  'stale-play': 'Someone paused just before you pressed play. Press play again to go on.',
  'stale-entry': 'Another video plays now.',
  'too-fast': 'That was too fast for the room. Wait a moment.',
  'bad-position': 'That is outside the film.',
  'too-late': 'It is too late to take that back.',
  unavailable: UNAVAILABLE,
};

/** Returns what to tell a person whose act was refused, or null where there is nothing to tell. */
export function refusalText(reason) {
  return REFUSALS[reason] ?? null;
}

/** Returns who else is here, for someone at the door; `names` of others, `count` of all others. */
export function companyText(names, count) {
  if (!count) return 'You are invited to watch together. Nobody else is here yet.';
  if (count === 1) return `${names[0]} is here.`;
  if (count === 2) return `${names[0]} and ${names[1]} are here.`;
  return `${names[0]}, ${names[1]} and ${count - 2} more are here.`;
}
