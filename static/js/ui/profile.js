/** My name and colour: shows them in the header, and saves changes from their dialog. */
import { Emitter, listen } from '../emitter.js';
import { avatarOf } from './avatar.js';

const UNREACHABLE = 'That could not be saved. Check your connection and try again.';

/** Event: 'changed' {name, color}. */
export class Profile extends Emitter {
  #dialog = document.getElementById('profile');
  #form = document.getElementById('profile-form');
  #opener = document.querySelector('[data-opens="profile"]');
  #mine;

  constructor() {
    super();
    this.#mine = { name: this.#form.elements.name.value, color: this.#form.elements.color.value };
    this.#render(this.#mine);
  }

  /** Listens to the form; returns the undo. */
  bind() {
    const undo = [
      listen(this.#form, 'submit', (event) => {
        event.preventDefault();
        this.#save();
      }),
      listen(this.#dialog, 'close', () => this.#reset()),
    ];
    return () => undo.forEach((one) => one());
  }

  async #save() {
    const submit = this.#form.querySelector('[type=submit]');
    submit.disabled = true;
    const { ok, body } = await post(this.#form);
    submit.disabled = false;
    if (!ok) return this.#complain(body.errors ?? { name: [UNREACHABLE] });
    this.#mine = body;
    this.#render(body);
    this.#dialog.close();
    this.emit('changed', body);
  }

  #render({ name, color }) {
    const [face, text] = ['face', 'name'].map((part) => this.#opener.querySelector(`[data-my=${part}]`));
    face.replaceChildren(avatarOf({ id: Number(face.dataset.id), name, color }));
    text.textContent = name;
  }

  #complain(errors) {
    for (const place of this.#form.querySelectorAll('[data-error]')) {
      place.textContent = (errors[place.dataset.error] ?? []).join(' ');
    }
    this.#form.elements.name.ariaInvalid = errors.name ? 'true' : null;
    if (errors.name) this.#form.elements.name.focus();
  }

  #reset() {
    this.#complain({});
    this.#form.elements.name.value = this.#mine.name;
    this.#form.elements.color.value = this.#mine.color;
  }
}

async function post(form) {
  try {
    const response = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { Accept: 'application/json' } });
    return { ok: response.ok, body: await response.json() };
  } catch {
    return { ok: false, body: {} };
  }
}
