/** What went wrong with a player, and what a person can do about it; pure. */

const fault = (reason, message) => ({ reason, message });

const ABSENT = fault('not-found', 'There is no video at this address any more. Check the link, or choose another video.');
const FORBIDDEN = fault('forbidden', 'The host of this video does not let us have it. Choose a link that plays without logging in.');
const UNREACHABLE = fault('unreachable', 'The host of this video does not answer. Check the link and your connection, then reload the page.');
const FORMAT = fault('format', 'Your browser cannot play this format. MP4 (H.264) and WebM play nearly everywhere.');
const BROKEN = fault('decode', 'The video is damaged, or your browser cannot decode it. Reload the page, or choose another file.');
const NETWORK = fault('network', 'The connection to the host of this video broke. We try again every few seconds.');
const UNCLEAR = fault('unplayable', 'The address does not answer, or your browser cannot play the format. Check the link; MP4 (H.264) and WebM work best.');
const INSECURE = fault('insecure', 'This page is secure and the link is not: browsers block that. Use an https:// link.');

const EMBEDDING = fault('embedding', 'The owner of this video lets it play on YouTube only. Choose another video.');
const REFERRER = fault('referrer', 'YouTube refused: it was not told which site asks. Turn off extensions that hide the referrer, then reload the page.');
const YOUTUBE_HTML5 = fault('player', "YouTube's player failed. Reload the page.");
const YOUTUBE_ID = fault('not-found', 'YouTube does not know this video. Check the link.');
const YOUTUBE_GONE = fault('not-found', 'This video was removed from YouTube, or is private. Choose another one.');

/** YouTube's script did not load. */
export const NO_YOUTUBE = fault('unreachable', 'YouTube does not answer. Allow www.youtube.com in your ad blocker or network, then reload the page.');

const BY_YOUTUBE_CODE = { 2: YOUTUBE_ID, 5: YOUTUBE_HTML5, 100: YOUTUBE_GONE, 101: EMBEDDING, 150: EMBEDDING, 153: REFERRER };
const BY_STATUS = { 401: FORBIDDEN, 403: FORBIDDEN, 404: ABSENT, 410: ABSENT };
const BY_MEDIA_CODE = { 2: NETWORK, 3: BROKEN };

/** Returns the fault of a `<video>`: its MediaError, its address, the protocol of the page. */
export function mediaFault({ code, message }, address, pageProtocol) {
  if (BY_MEDIA_CODE[code]) return BY_MEDIA_CODE[code];
  if (pageProtocol === 'https:' && address.startsWith('http:')) return INSECURE;
  const status = /^(\d{3})\b/.exec(message)?.[1]; // Chromium: "404: Not Found"
  if (status) return BY_STATUS[status] ?? UNREACHABLE;
  if (/format error/i.test(message)) return UNCLEAR; // Chromium says so for a dead host, too
  return /demuxer|decoder|codec|mime/i.test(message) ? FORMAT : UNCLEAR;
}

/** Returns the fault for a code of YouTube's `onError`. */
export function youtubeFault(code) {
  return BY_YOUTUBE_CODE[code] ?? YOUTUBE_HTML5;
}
