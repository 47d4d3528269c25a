/** Takes a jump, or a change of video, back: a line over the film, for as long as the server would do it. */
import { Emitter, listen } from '../emitter.js';
import { fill } from './sentence.js';
import { clockText } from './words.js';

const LIFE = 10_000; // ms

/** Event: 'undo'. */
export class Undo extends Emitter {
  #bar = document.getElementById('undo-bar');
  #text = document.getElementById('undo-text');
  #timer = null;

  /** Listens to its button; returns the undo. */
  bind() {
    return listen(document.getElementById('undo'), 'click', () => {
      this.hide();
      this.emit('undo');
    });
  }

  /** Offers to take back what a person {name, color} did `ago` ms ago: 'seek' to `pos` seconds, 'video' or 'skip'. */
  offer(person, kind, pos, ago) {
    this.hide();
    if (ago >= LIFE) return;
    fill(this.#text, [person, { seek: ` jumped to ${clockText(pos)}`, skip: ' skipped a video' }[kind] ?? ' changed the video']);
    this.#bar.hidden = false;
    this.#timer = setTimeout(() => this.hide(), LIFE - Math.max(0, ago));
  }

  /** There is nothing to take back any more. */
  hide() {
    clearTimeout(this.#timer);
    this.#bar.hidden = true;
  }
}
