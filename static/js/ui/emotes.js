/** Reactions that float over the film, and the bar to send them. */
import { Emitter, listen } from '../emitter.js';
import { openBeside, quickButtons } from './chat/picker.js';

const MOST = 30; // at once
const LIFE = 4000; // ms
const SPREAD = 70; // per cent of the film's width

/** Events: 'emote' {emoji}, 'more' {button}: another emoji is wanted than those at hand. */
export class Emotes extends Emitter {
  #layer = document.getElementById('emotes');
  #opener = document.getElementById('emote-open');
  #bar = document.getElementById('emote-bar');
  #quick = document.getElementById('emote-quick');

  /** Listens to its buttons; returns the undo. */
  bind() {
    this.#quick.replaceChildren(...quickButtons());
    const undo = [
      listen(this.#opener, 'click', () => this.#open()),
      listen(this.#quick, 'click', ({ target }) => target.dataset.emoji && this.emit('emote', { emoji: target.dataset.emoji })),
      listen(document.getElementById('emote-more'), 'click', () => this.#more()),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Lets reactions float: a list of {emoji, name, color}. */
  float(items) {
    for (const item of items) this.#layer.append(bubble(item));
    while (this.#layer.childElementCount > MOST) this.#layer.firstElementChild.remove();
  }

  #open() {
    openBeside(this.#bar, this.#opener);
    this.#quick.firstElementChild.focus();
  }

  #more() {
    this.#bar.hidePopover();
    this.emit('more', { button: this.#opener });
  }
}

function bubble({ emoji, name, color }) {
  const [node, who] = ['span', 'bdi'].map((tag) => document.createElement(tag));
  node.className = 'emote';
  node.dataset.color = color;
  node.style.setProperty('--place', `${Math.random() * SPREAD}%`);
  node.style.setProperty('--sway', `${Math.random() * 4 - 2}rem`);
  who.textContent = name;
  node.append(emoji, who);
  setTimeout(() => node.remove(), LIFE);
  return node;
}
