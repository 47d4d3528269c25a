/**
 * What YouTube's iframe is at when it was told to play and does not. Its API has no event for ads, and the states around
 * one differ from player to player: before a film mostly UNSTARTED, in its middle PLAYING; the position is the film's all
 * the while, and stands. A film that stands for want of data says BUFFERING, and has nothing loaded beyond its position.
 */

const [UNSTARTED, PLAYING, PAUSED, CUED] = [-1, 1, 2, 5]; // YT.PlayerState
const LONG = 2000; // ms: longer than a start takes, and than a stall until the room hears of it and waits
const LOADED = 3; // seconds

/**
 * Returns whether a player that was told to play shows an ad for sure: it does not buffer, has film enough, and has stood
 * for `stood` ms. In doubt it is a stall.
 */
export function inAd(state, stood, yt) {
  if (![UNSTARTED, PLAYING].includes(state) || stood <= LONG) return false;
  return yt.getVideoLoadedFraction() * yt.getDuration() - yt.getCurrentTime() > LOADED;
}

/** Returns whether the browser refused to let it play; `state` is what the iframe reports some time after it was told. */
export function isRefused(state) {
  if (state === UNSTARTED) return !navigator.userActivation?.hasBeenActive; // else it is an ad
  return [CUED, PAUSED].includes(state);
}
