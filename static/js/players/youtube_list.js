/** What YouTube's own player knows of a playlist: the ids of its videos, without a key. */
import { loadApi } from './youtube_api.js';

const PATIENCE = 10_000; // ms
const LOOK = 200; // ms between two looks: no event says that a list has come

/** Resolves to the ids of a playlist's videos, up to 200; none where YouTube does not tell. */
export async function idsOf(list) {
  const YT = await loadApi();
  const host = document.body.appendChild(document.createElement('div'));
  host.className = 'visually-hidden';
  host.inert = true;
  const place = host.appendChild(document.createElement('div'));
  const player = new YT.Player(place, { playerVars: { listType: 'playlist', list, origin: location.origin } });
  const ids = await told(player);
  player.destroy?.();
  host.remove();
  return ids;
}

function told(player) {
  const end = performance.now() + PATIENCE;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const ids = player.getPlaylist?.() ?? []; // there is no such method before the player is ready
      if (!ids.length && performance.now() < end) return;
      clearInterval(timer);
      resolve([...ids]);
    }, LOOK);
  });
}
