/** The browser's own video element, for direct links to files. */
import { mediaFault } from './faults.js';

const PROBE = 1.05; // a rate that players with a fixed list of rates refuse

/** Returns a `<video>` for an entry {ref}. */
export function create({ ref }) {
  const video = document.createElement('video');
  video.playsInline = true;
  video.preload = 'auto';
  video.traits = { fineRates: fineRates(video), stairMs: 0, rates: null };
  Object.defineProperty(video, 'fault', { get: () => mediaFault(video.error, ref, location.protocol) });
  video.src = ref;
  return video;
}

function fineRates(video) {
  video.playbackRate = PROBE;
  const fine = video.playbackRate === PROBE;
  video.playbackRate = 1;
  return fine;
}
