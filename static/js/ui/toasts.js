/** Quiet lines over the film that say what happened, and go away. */

const STAY = 4500; // ms
const MOST = 3;

export class Toasts {
  #place = document.getElementById('toasts');

  /** Says a sentence, after the name of a `person` {name, color} where it was somebody's act. */
  say(text, person = null) {
    const line = document.createElement('p');
    line.className = 'toast-line';
    if (person) line.append(nameOf(person), ' ');
    line.append(text);
    this.#place.append(line);
    while (this.#place.childElementCount > MOST) this.#place.firstElementChild.remove();
    setTimeout(() => line.remove(), STAY);
  }
}

function nameOf({ name, color }) {
  const who = document.createElement('bdi');
  who.className = 'toast-name';
  who.dataset.color = color;
  who.textContent = name;
  return who;
}
