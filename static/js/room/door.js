/** The door of the room page: a guest stands before it, and reads who is inside, until they press Join. */
import { Emitter } from '../emitter.js';
import { companyText } from '../ui/words.js';

/** Event: 'entered', inside the gesture. */
export class Door extends Emitter {
  #covers;
  #connection;

  /** Whether this page is past the door. */
  inside;

  /** The owner is inside from the first moment on. */
  constructor({ covers, connection, isOwner }) {
    super();
    [this.#covers, this.#connection, this.inside] = [covers, connection, isOwner];
  }

  /** Listens to its button; returns the undo. */
  bind() {
    if (!this.inside) {
      this.#covers.show('join');
      this.#connection.sync({ state: 'outside', detached: false });
    }
    return this.#covers.on('join', () => this.#enter());
  }

  /** Says who is there: the others as far as they are known, and how many others there are. */
  company(others, count) {
    this.#covers.say('join', companyText(others.map(({ name }) => name), count));
  }

  #enter() {
    this.inside = true;
    this.#covers.hide('join');
    this.emit('entered');
  }
}
