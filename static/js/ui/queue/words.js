/** What the queue says in numbers and sentences; pure. */
import { clockText } from '../words.js';

const SOURCES = { youtube: 'YouTube', file: 'Video file' };

const FAULTS = {
  'not-found': 'Not there any more',
  forbidden: 'Its host does not give it out',
  unreachable: 'Its host does not answer',
  format: 'No browser here plays its format',
  decode: 'It is damaged',
  network: 'The connection to its host broke',
  insecure: 'Browsers block it: it is not on https',
  embedding: 'Plays on YouTube only',
};

const LOOPS = { off: 'Repeat: off', all: 'Repeat: all', one: 'Repeat: this one' };
const NEXT_LOOP = { off: 'all', all: 'one', one: 'off' };

/** Returns the parts of the line below an entry's title; `start` in seconds, `who` the name of whoever added it. */
export function metaParts({ source, duration, start, who, fault }) {
  if (fault) return [FAULTS[fault] ?? 'Does not play here'];
  const facts = [SOURCES[source] ?? 'Video', duration ? clockText(duration) : null, start ? `from ${clockText(start)}` : null];
  return [facts.filter(Boolean).join(' · '), ...(who ? [' · ', { name: who }] : [])];
}

/** Returns how much is to come: `3 up next · 45:10`; the time only where it is known of all. */
export function summaryText(entries) {
  if (!entries.length) return 'Nothing up next';
  const count = `${entries.length} up next`;
  const seconds = entries.reduce((sum, { duration, start }) => sum + Math.max(0, (duration ?? NaN) - start), 0);
  return Number.isNaN(seconds) ? count : `${count} · ${clockText(seconds)}`;
}

/** Returns what came of adding links: `data` of the answer, `links` as they were sent. */
export function addedText({ added, left }) {
  const parts = [`${plural(added, 'video')} added.`];
  if (left) parts.push(`${plural(left, 'video')} left out: a queue holds 500. Remove some first.`);
  return parts.join(' ');
}

/** Returns the bad links of an answer, each with the reason, and the YouTube list that it names or null. */
export function badLinks({ bad }, links) {
  return bad.map(([place, reason, list = null]) => ({ link: links[place] ?? '', reason, list }));
}

/** Returns the name of what a loop does, and of the one that a press brings. */
export function loopText(loop) {
  return LOOPS[loop];
}

/** Returns the loop that comes after one. */
export function nextLoop(loop) {
  return NEXT_LOOP[loop];
}

/** Returns how many votes there are of those that skip what plays; `people` are here. */
export function skipText(skips, people) {
  return `Vote to skip: ${skips} of ${Math.floor(people / 2) + 1}`;
}

/** Returns where an entry has come to, for those who hear it. */
export function movedText(title, place, count) {
  return `${title}: place ${place + 1} of ${count}`;
}

/** Returns the links in a text: by lines and spaces. */
export function linksIn(text) {
  return text.split(/\s+/).filter(Boolean);
}

/** Returns seconds of `90`, `1:30` or `1:02:03`; NaN for anything else. */
export function secondsOf(text) {
  if (!/^\d{1,6}(:\d{1,2}){0,2}$/.test(text.trim())) return NaN;
  return text.trim().split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Returns the parts of what somebody took out of the queue, after their name. */
export function removedParts(title, count) {
  return count > 1 ? [` removed ${count} videos.`] : [' removed ', { name: title }, '.'];
}

const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;
