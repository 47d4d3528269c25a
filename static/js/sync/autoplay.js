/** Starts one player as far as the browser lets it: refused, it tries without sound; refused again, it waits for a gesture. */
export class Autoplay {
  #player;
  #starts;
  #refused;
  #gone = false;

  /** The browser wants a gesture first. */
  blocked = false;

  /** This program took the sound, not a person. */
  silenced = false;

  /** `starts()` is called before each attempt, `refused()` when only a gesture helps. */
  constructor(player, { starts, refused }) {
    [this.#player, this.#starts, this.#refused] = [player, starts, refused];
  }

  async play() {
    this.#starts();
    try {
      await this.#player.play();
    } catch (error) {
      if (error.name === 'NotAllowedError' && !this.#gone) this.#retry();
    }
  }

  /** Takes a gesture; call it inside one. Returns whether the player was started, because it stood. */
  unlock() {
    this.blocked = false;
    if (this.silenced) this.#player.muted = false; // 'volumechange' clears the flag
    if (!this.#player.paused) return false;
    this.play(); // WebKit lets a script start only what a gesture has started once
    return true;
  }

  /** The loudness changed. */
  heard() {
    if (!this.#player.muted) this.silenced = false;
  }

  /** The player is nobody's any more. */
  end() {
    this.#gone = true;
  }

  #retry() {
    this.blocked = this.#player.muted;
    if (this.blocked) return this.#refused();
    this.#player.muted = this.silenced = true;
    this.play();
  }
}
