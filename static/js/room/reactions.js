/** Emoji in their three places: in what I write, on messages, and floating over the film. */
import { listen } from '../emitter.js';
import { Picker } from '../ui/chat/picker.js';
import { Emotes } from '../ui/emotes.js';

export class Reactions {
  #emotes = new Emotes();
  #picker = new Picker();
  #send;
  #uses;

  /** `send` takes a message; `write` (an emoji) and `mark` ({n, emoji, on}) are the other two places. */
  constructor({ send, write, mark }) {
    this.#send = send;
    this.#uses = {
      text: ({ emoji }) => write(emoji),
      film: ({ emoji }) => this.#emote(emoji),
      message: ({ emoji, purpose }) => mark({ n: purpose.n, emoji, on: true }),
    };
  }

  /** Listens to its parts; returns the undo. */
  bind() {
    const button = document.getElementById('composer-emoji');
    const undo = [
      this.#emotes.bind(),
      this.#picker.bind(),
      this.#emotes.on('emote', ({ emoji }) => this.#emote(emoji)),
      this.#emotes.on('more', (event) => this.#picker.open(event.button, { use: 'film' }, { full: true })),
      this.#picker.on('picked', (picked) => this.#uses[picked.purpose.use](picked)),
      listen(button, 'click', () => this.#picker.open(button, { use: 'text' }, { full: true })),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Asks for a reaction on message `n`, beside the button that was pressed. */
  choose({ n, button }) {
    this.#picker.open(button, { use: 'message', n });
  }

  /** Lets reactions float over the film: a list of {emoji, name, color}. */
  float(items) {
    this.#emotes.float(items);
  }

  #emote(emoji) {
    this.#send({ type: 'emote', emoji });
  }
}
