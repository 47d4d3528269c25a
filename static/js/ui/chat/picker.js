/** Choosing an emoji: six at hand, all others in a picker that is loaded when it is asked for. */
import { Emitter, listen } from '../../emitter.js';

export const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🎉'];

const NAMES = { '👍': 'Thumbs up', '❤️': 'Heart', '😂': 'Laughing', '😮': 'Surprised', '😢': 'Crying', '🎉': 'Party' };
const GAP = 8; // px between the sheet, what opened it, and the window

/** Returns the buttons of the emoji at hand. */
export function quickButtons() {
  return QUICK.map((emoji) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: emoji });
    button.dataset.emoji = emoji;
    button.ariaLabel = button.title = NAMES[emoji];
    return button;
  });
}

/** Opens a popover beside a button, inside the window: above it where there is room. */
export function openBeside(sheet, button) {
  sheet.showPopover();
  placeBeside(sheet, button);
}

function placeBeside(sheet, button) {
  const [at, { width, height }] = [button.getBoundingClientRect(), sheet.getBoundingClientRect()];
  const [room, depth] = [document.documentElement.clientWidth, window.innerHeight];
  const above = at.top - height - GAP;
  const top = above >= GAP ? above : Math.min(at.bottom + GAP, depth - height - GAP);
  const left = Math.min(at.left, room - width - GAP);
  sheet.style.inset = `${Math.max(GAP, top)}px auto auto ${Math.max(GAP, left)}px`;
}

/** Event: 'picked' {emoji, purpose}, of whatever it was opened for. */
export class Picker extends Emitter {
  #sheet = document.getElementById('emoji');
  #quick = document.getElementById('emoji-quick');
  #more = document.getElementById('emoji-more');
  #place = document.getElementById('emoji-full');
  #source = document.getElementById('chat').dataset.emoji;
  #purpose = null;
  #button = null;

  /** Listens to its sheet; returns the undo. */
  bind() {
    this.#quick.replaceChildren(...quickButtons());
    const undo = [
      listen(this.#quick, 'click', ({ target }) => target.dataset.emoji && this.#pick(target.dataset.emoji)),
      listen(this.#more, 'click', () => this.#full()),
      listen(this.#place, 'emoji-click', ({ detail }) => detail.unicode && this.#pick(detail.unicode)),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Opens beside a button, for a purpose that comes back with the event; `full` shows all emoji at once. */
  open(button, purpose, { full = false } = {}) {
    this.#purpose = purpose;
    this.#button = button;
    this.#place.hidden = true;
    this.#more.hidden = full;
    openBeside(this.#sheet, button);
    if (full) this.#full();
    else this.#quick.firstElementChild.focus();
  }

  async #full() {
    this.#more.hidden = true;
    this.#place.hidden = false;
    if (!this.#place.childElementCount) await this.#load();
    placeBeside(this.#sheet, this.#button);
  }

  async #load() {
    this.#place.textContent = 'Loading…';
    try {
      const { Picker: All } = await import('emoji-picker-element');
      this.#place.replaceChildren(new All({ dataSource: this.#source, locale: 'en' }));
    } catch {
      this.#place.textContent = 'The other emoji could not be loaded.';
    }
  }

  #pick(emoji) {
    this.#sheet.hidePopover();
    this.emit('picked', { emoji, purpose: this.#purpose });
  }
}
