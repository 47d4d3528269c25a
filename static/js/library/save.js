/** The dialog that saves a video from anywhere: liked, watch later, into a playlist, or into a new one. */
import { listen } from '../emitter.js';
import { ask, post } from './post.js';

export class Saver {
  #dialog = document.getElementById('save');
  #fields = {};

  /** Shows every `data-save` button of the page and listens to it; returns the undo. */
  bind(root = document) {
    for (const button of root.querySelectorAll('[data-save]')) button.hidden = false;
    const form = this.#part('new');
    const undo = [
      listen(root, 'click', ({ target }) => target.closest('[data-save]') && this.open(fieldsOf(target.closest('[data-save]')))),
      listen(this.#dialog, 'change', ({ target }) => target.type === 'checkbox' && this.#shelve(target)),
      listen(this.#part('playlists'), 'click', ({ target }) => target.closest('button') && this.#add(target.closest('button'))),
      listen(form, 'submit', (event) => {
        event.preventDefault();
        this.#create(form);
      }),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Opens for a video {link, title, duration}. */
  async open(fields) {
    this.#fields = fields;
    this.#part('title').textContent = fields.title;
    this.#part('new').reset();
    this.#part('playlists').replaceChildren();
    this.#say('');
    for (const box of this.#boxes()) [box.checked, box.disabled] = [false, true];
    this.#dialog.showModal();
    const { ok, body } = await ask(`${this.#dialog.dataset.places}?${new URLSearchParams({ link: fields.link })}`);
    if (!ok) return this.#complain(body.error);
    for (const box of this.#boxes()) [box.checked, box.disabled] = [body[box.name], false];
    this.#part('playlists').replaceChildren(...body.playlists.map(rowOf));
  }

  async #shelve(box) {
    const done = await this.#send(this.#dialog.dataset.url, { ...this.#fields, where: box.name, on: Number(box.checked) });
    if (!done) box.checked = !box.checked;
    else this.#say(box.checked ? 'Saved.' : 'Taken off.');
  }

  async #add(button) {
    button.disabled = true;
    const done = await this.#send(this.#dialog.dataset.url, { ...this.#fields, where: `playlist:${button.dataset.id}` });
    button.disabled = false;
    if (done) this.#say(`Added to “${done.name}”.`);
  }

  async #create(form) {
    const name = form.elements.name.value;
    const links = JSON.stringify([{ ...this.#fields, duration: Number(this.#fields.duration) || null }]);
    const done = await this.#send(this.#dialog.dataset.new, { name, links });
    if (!done) return;
    form.reset();
    this.#part('playlists').prepend(rowOf({ id: done.id, name: done.name }));
    this.#say(`Added to “${done.name}”.`);
  }

  async #send(url, fields) {
    const { ok, body } = await post(url, fields);
    this.#complain(ok ? '' : body.error);
    return ok ? body : null;
  }

  #part(name) {
    return this.#dialog.querySelector(`[data-part=${name}]`);
  }

  #boxes() {
    return this.#dialog.querySelectorAll('[type=checkbox]');
  }

  #say(text) {
    this.#part('said').textContent = text;
    this.#part('error').textContent = '';
  }

  #complain(text) {
    if (text) this.#say('');
    this.#part('error').textContent = text;
  }
}

/** What a button would save: what it holds itself, or the row around it. */
function fieldsOf(button) {
  const { link, title, duration } = JSON.parse(button.dataset.pick ?? button.closest('li').querySelector('[name=pick]').value);
  return { link, title, duration };
}

function rowOf({ id, name }) {
  const [row, button, text] = ['li', 'button', 'bdi'].map((tag) => document.createElement(tag));
  button.type = 'button';
  button.className = 'save-playlist';
  button.dataset.id = id;
  text.textContent = name;
  button.append(text);
  row.append(button);
  return row;
}
