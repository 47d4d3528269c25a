/** What YouTube's iframe is at when it was told to play and does not: its API does not tell, so it has to be inferred. */

const [UNSTARTED, PLAYING, PAUSED, CUED] = [-1, 1, 2, 5]; // YT.PlayerState
const LOADED = 3; // seconds of film beyond the position: so much data, and still it does not move

/**
 * Returns whether a player that was told to play shows an ad: it says that it plays, has film enough, and the film
 * stands still; or it has not begun though nothing keeps it. Where that is not sure it counts as stalled.
 */
export function inAd(yt, isFrozen) {
  const state = yt.getPlayerState();
  if (state === UNSTARTED) return true; // one that the browser refused has been paused by now
  const ahead = yt.getVideoLoadedFraction() * yt.getDuration() - yt.getCurrentTime();
  return state === PLAYING && isFrozen && ahead > LOADED;
}

/** Returns whether the browser refused to let it play; `state` is what the iframe reports some time after it was told. */
export function isRefused(state) {
  if (state === UNSTARTED) return !navigator.userActivation?.hasBeenActive; // else it is an ad
  return [CUED, PAUSED].includes(state);
}
