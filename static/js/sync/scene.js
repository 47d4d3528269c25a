/** What the engine has to know of a player at one instant, and what others are told of it; pure. */

const STEP = 100; // ms: finer drift is nobody's business, and would make a new status of every sample

/** Returns the engine's `player` of an element in HTMLMediaElement's words. */
export function readPlayer(player) {
  return {
    ready: player.readyState >= 1,
    time: player.currentTime,
    paused: player.paused,
    seeking: player.seeking,
    ended: player.ended,
    flowing: player.readyState >= 3,
    ad: player.ad === true,
    rate: player.playbackRate,
  };
}

/** Returns the status of a player with the engine's memory; `flags` {hidden, detached, silenced} is what the driver knows. */
export function statusOf(player, { mode, drift }, { hidden, ...flags }) {
  return {
    state: hidden && mode === 'playing' ? 'hidden' : mode,
    driftMs: drift && Math.round(drift / STEP) * STEP,
    ...flags,
    flowing: (player.readyState >= 3 || player.ended) && !player.seeking,
    ad: player.ad === true,
    mute: player.muted || player.volume === 0,
  };
}
