/** Why the server refused something, as a sentence; pure. */

export const UNAVAILABLE = 'The room cannot keep that right now. Try again in a moment.';

const SENTENCES = {
  'not-allowed': 'You may not do that here.',
  muted: 'You are muted in this room.',
  'too-fast': 'That was too fast. Wait a moment.',
  empty: 'There is nothing in it.',
  unknown: 'That is not there any more.',
  'too-many-playlists': 'You have 100 playlists, the most one can have. Delete one that you no longer need.',
  'too-many': 'There are too many of these already.',
  protected: 'Nobody can do that to the host, nor one helper to another.',
  'bad-value': 'That value is not possible.',
  full: 'The queue is full: it holds 500 videos. Remove some, or clear it.',
  'no-space': 'This site is nearly out of space, so nothing new can be kept. Tell whoever runs it.',
  last: 'This is the only video. Add another one first.',
  'nothing-next': 'Nothing comes after it. Add something to the queue first.',
  'by-votes': 'Votes decide the order here.',
  'no-votes': 'Nobody votes in this room.',
  'bad-position': 'That is outside the film.',
  'not-a-video': 'That link leads to no video that can be played here. What works: YouTube, and links to MP4, WebM or Ogg files.',
  nobody: 'Nobody is here for that.',
  already: 'That is so already.',
  'too-late': 'It is too late for that.',
  unavailable: UNAVAILABLE,
  timeout: 'The room did not answer. Check your connection and try again.',
};

/** Returns the sentence for a refusal; `wait` in ms, of slow mode. */
export function reasonText(reason, wait = null) {
  if (reason === 'slow') return slowText(wait);
  return SENTENCES[reason] ?? 'That did not work. Try again.';
}

function slowText(wait) {
  return wait > 0 ? `Slow mode: wait ${Math.ceil(wait / 1000)} s.` : 'Slow mode: wait a moment.';
}
