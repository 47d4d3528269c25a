/** The menu of what I may do with a person, and the question before a ban. */
import { Emitter, listen } from '../emitter.js';
import { Menu } from './menu.js';

/** Event: 'chosen' {kind, person}; kinds as choicesFor of state/standing.js names them. */
export class PersonMenu extends Emitter {
  #menu = new Menu(document.getElementById('person-menu'));
  #dialog = document.getElementById('ban');
  #person = null;

  /** Listens to the menu and the dialog; returns the undo. */
  bind() {
    const undo = [
      this.#menu.bind(),
      this.#menu.on('chosen', ({ kind, subject }) => this.#chosen(kind, subject)),
      listen(document.getElementById('ban-sure'), 'click', () => this.#banned()),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Opens at a button with these kinds of acts; closes if it is open there already. */
  toggle(person, kinds, button) {
    this.#menu.toggle(person, kinds, button);
  }

  #chosen(kind, person) {
    if (kind === 'ban') this.#question(person);
    else this.emit('chosen', { kind, person });
  }

  #question(person) {
    this.#person = person;
    document.getElementById('ban-name').textContent = person.name;
    this.#dialog.showModal();
  }

  #banned() {
    this.#dialog.close();
    this.emit('chosen', { kind: 'ban', person: this.#person });
  }
}
