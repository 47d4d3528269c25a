/** The screen of the room page: the player of what the room plays, and the next one's, made ready beside it. */
import { Emitter } from '../emitter.js';
import { loadPlayer } from '../players/index.js';

const AHEAD = 30; // seconds before the end of a film from which on the next one loads

/** Events: 'loaded' when the player of `entry` is there, 'failed' when it could not be loaded. */
export class Screen extends Emitter {
  #place = document.getElementById('player');
  #spare = null; // {id, player} of what comes next
  #timer = null;

  /** The video that is shown, and its player: null while that is on its way. */
  entry;
  player = null;

  constructor(entry) {
    super();
    this.entry = entry;
  }

  /** Puts another video's player in the place of the one before. */
  show(entry) {
    this.player?.remove();
    [this.entry, this.player] = [entry, null];
    this.load();
  }

  /** Loads the player of the video that is to be shown. */
  async load() {
    const wanted = this.entry;
    const player = this.#takeSpare(wanted) ?? (await loadPlayer(wanted).catch(() => null));
    if (wanted !== this.entry) return; // meanwhile the room has another one
    if (!player) return this.emit('failed');
    this.player = player;
    this.#place.append(player);
    this.emit('loaded');
  }

  /** The film after this one, or null, begins in so many seconds: loads it shortly before, where a player can. */
  prepare(entry, seconds) {
    clearTimeout(this.#timer);
    if (this.#spare && this.#spare.id !== entry?.id) this.#drop();
    // An iframe loads nothing before it stands on the page, where it would be heard.
    if (entry?.source !== 'file' || this.#spare || !Number.isFinite(seconds)) return;
    this.#timer = setTimeout(() => this.#warm(entry), Math.max(0, seconds - AHEAD) * 1000);
  }

  async #warm(entry) {
    const player = await loadPlayer(entry).catch(() => null);
    if (player && entry.id !== this.entry.id) this.#spare = { id: entry.id, player };
  }

  #takeSpare({ id }) {
    const spare = this.#spare;
    this.#spare = null;
    return spare?.id === id && !spare.player.error ? spare.player : null;
  }

  /** What nobody will see loads no further. */
  #drop() {
    this.#spare.player.removeAttribute('src');
    this.#spare.player.load();
    this.#spare = null;
  }
}
