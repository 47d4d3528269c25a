/** A player for an entry, behind one contract: HTMLMediaElement's words, `traits` and `fault`; loaded when needed. */

const SOURCES = {
  file: () => import('./native.js'),
  youtube: () => import('./youtube.js'),
};

/** Returns the player element of an entry {source, ref, start}, ready to be put into the page. */
export async function loadPlayer(entry) {
  const { create } = await SOURCES[entry.source]();
  const player = create(entry);
  player.slot = 'media';
  return player;
}
