/** What the engine has to know of a player at one instant. */

/** Returns the engine's `player` of an element in HTMLMediaElement's words. */
export function readPlayer(player) {
  return {
    ready: player.readyState >= 1,
    time: player.currentTime,
    paused: player.paused,
    seeking: player.seeking,
    ended: player.ended,
    flowing: player.readyState >= 3,
    rate: player.playbackRate,
  };
}

/** Returns what others are told of a player: whether it has its data, is in an ad, is heard. */
export function shownOf(player) {
  return {
    flowing: player.readyState >= 3 && !player.seeking,
    ad: player.ad === true,
    mute: player.muted || player.volume === 0,
  };
}
