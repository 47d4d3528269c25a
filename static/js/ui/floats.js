/** Buttons that float over the film while there is something to do: resume, unmute, go back to the others. */
import { Emitter, listen } from '../emitter.js';
import { clockText } from './words.js';

const NAMES = ['resume', 'unmute', 'rejoin'];

/** Events: 'resume', 'unmute', 'rejoin' when the button of that name is pressed. */
export class Floats extends Emitter {
  #buttons = Object.fromEntries(NAMES.map((name) => [name, document.getElementById(name)]));

  /** Listens to its buttons; returns the undo. */
  bind() {
    const undo = NAMES.map((name) => listen(this.#buttons[name], 'click', () => this.emit(name)));
    return () => undo.forEach((one) => one());
  }

  /** Offers to go on at `seconds`; null: not any more. */
  resume(seconds) {
    this.#buttons.resume.hidden = seconds === null;
    if (seconds !== null) document.getElementById('resume-text').textContent = `Resume at ${clockText(seconds)}`;
  }

  /** Takes the driver's status. */
  status({ silenced, detached }) {
    this.#buttons.unmute.hidden = !silenced;
    this.#buttons.rejoin.hidden = !detached;
  }
}
