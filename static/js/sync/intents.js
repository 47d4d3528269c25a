/** Whose act is an event of the player that nobody in this program asked for? Pure. */
import { moving, positionAt } from './timeline.js';

const FAR = 1; // seconds that a seek must lead away from the room's position to be meant

const BUSY = new Set(['loading', 'seeking', 'priming', 'armed', 'stalled', 'blocked', 'ended']);

/**
 * Returns whether an unmatched event could be a person's act, and has to be looked at again after a while.
 * `scene`: {mode, vector, server, traits, player, visible}.
 */
export function suspect(kind, scene) {
  return Boolean(scene.vector) && !BUSY.has(scene.mode) && !scene.player.ended && contradicts(kind, scene);
}

/** Returns 'intent' (a person's), 'detached' (the browser's pause) or 'none' (it has passed), after having looked. */
export function verdict(kind, scene) {
  if (!contradicts(kind, scene)) return 'none';
  if (scene.visible) return 'intent';
  return kind === 'pause' ? 'detached' : 'none';
}

function contradicts(kind, { vector, server, traits, player }) {
  if (kind === 'pause') return player.paused && moving(vector);
  if (kind === 'play') return !player.paused && !moving(vector);
  // What an iframe player calls a seek is its guess.
  return !traits.stairMs && Math.abs(player.time - positionAt(vector, server)) > FAR;
}
