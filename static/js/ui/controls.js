/** The control bar: what is for everyone becomes an intent and never reaches the player; the rest is media-chrome's. */
import { Emitter, listen } from '../emitter.js';
import { Scrub } from './scrub.js';

const DOUBLE_CLICK = 220; // ms to wait for a second click, which means full screen
const STEP = 10; // seconds
const GRACE = 1000; // ms for the room to take a speed, before the one that holds is shown again

/** Events: 'intent' {kind: 'play' | 'pause' | 'seek' | 'rate', pos, rate}. */
export class Controls extends Emitter {
  #stage = document.getElementById('stage');
  #controller = document.getElementById('player');
  #play = document.getElementById('play');
  #speed = document.getElementById('speed');
  #scrub = new Scrub();
  #click = null;
  #position;
  #playing = false;
  #rate = 1;
  #timer = null;

  /** `position` returns the room's position in seconds. */
  constructor(position) {
    super();
    this.#position = position;
    this.#controller.fullscreenElement = this.#stage.closest('main'); // the film with the chat over it
  }

  /** Listens to the bar and to clicks on the film; returns the undo. */
  bind() {
    const range = this.#controller.querySelector('media-time-range');
    const undo = [
      this.#scrub.on('seek', (pos) => this.emit('intent', { kind: 'seek', pos })),
      listen(range, 'mediaseekrequest', (event) => this.#seek(event)),
      listen(range, 'pointerdown', () => this.#scrub.hold()),
      ...['pointerup', 'pointercancel'].map((name) => listen(window, name, () => this.#scrub.release())),
      listen(this.#play, 'click', () => this.toggle()),
      listen(document.getElementById('back'), 'click', () => this.jump(-STEP)),
      listen(document.getElementById('forward'), 'click', () => this.jump(STEP)),
      listen(this.#speed, 'change', () => this.#chosen()),
      listen(this.#controller, 'click', (event) => this.#clicked(event)),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Plays or pauses, for everyone. */
  toggle() {
    this.emit('intent', { kind: this.#playing ? 'pause' : 'play' });
  }

  /** Goes `seconds` on from here, or from where the last jump will land. */
  jump(seconds) {
    this.#scrub.to(Math.max(0, (this.#scrub.target ?? this.#position()) + seconds));
  }

  /** Presses one of media-chrome's own buttons: mute, fullscreen, captions. */
  press(name) {
    this.#controller.querySelector(`media-${name}-button`).click();
  }

  /** Shows the room's vector: the bar says what the room does, whatever this player is busy with. */
  render({ playing, rate }) {
    [this.#playing, this.#rate] = [playing, rate];
    this.#play.ariaLabel = playing ? 'Pause' : 'Play';
    this.#stage.dataset.playing = playing;
    this.#speed.value = rate;
  }

  #chosen() {
    this.emit('intent', { kind: 'rate', rate: Number(this.#speed.value) });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#speed.value = this.#rate), GRACE);
  }

  #seek(event) {
    event.stopPropagation(); // on its way up to the controller, which would seek this player alone
    this.#scrub.to(event.detail);
  }

  #clicked(event) {
    if (!event.composedPath()[0].matches('media-controller, [slot=media]')) return;
    if (event.detail > 1) return this.#doubled();
    // A finger brings the bar up; it pauses for everyone only by the button.
    if (event.pointerType === 'touch' && this.#playing) return;
    this.#click = setTimeout(() => this.toggle(), DOUBLE_CLICK);
  }

  #doubled() {
    clearTimeout(this.#click);
    this.press('fullscreen');
  }
}
