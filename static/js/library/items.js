/** The videos of a playlist: moved, removed and put back, added to; the server is told one change after the other. */
import { listen } from '../emitter.js';
import { Reorder } from '../ui/reorder.js';
import { ask, post } from './post.js';
import { toast } from './toast.js';

const LOST = 'The list may not be as it is shown. Reload the page.';

export class Items {
  #form = document.getElementById('items-form');
  #list = document.getElementById('items');
  #reorder = new Reorder(this.#list);
  #sent = Promise.resolve();
  #waiting = 0; // changes that the server has not answered

  /** Listens to the list; returns the undo. */
  bind() {
    this.#sent = this.#loadRest();
    const undo = [
      this.#reorder.bind(),
      this.#reorder.on('move', ({ id }) => this.#moved(this.#rowBy(id))),
      this.#reorder.on('step', ({ id, step }) => this.#step(this.#rowBy(id), step)),
      listen(this.#list, 'click', (event) => this.#pressed(event)),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Appends videos as the server tells them, once all that stands before them is there. */
  async add(items, figures) {
    await this.#sent;
    this.#list.append(...items.map(rowOf));
    this.#figure(figures);
  }

  // The page comes with the first forty; rows are moved among all of them.
  async #loadRest() {
    if (Number(this.#list.dataset.left) <= 0) return;
    const { ok, body } = await ask(location.pathname);
    if (!ok) return;
    this.#list.append(...body.items.map(rowOf));
    document.getElementById('items-pager').hidden = true;
  }

  /** Without a script these buttons send the form. */
  #pressed(event) {
    const button = event.target.closest('[data-remove], [data-handle]');
    if (!button) return;
    event.preventDefault();
    if ('remove' in button.dataset) this.#remove(button.closest('li'));
  }

  #rowBy(id) {
    return [...this.#list.children].find((row) => row.dataset.id === id);
  }

  #step(row, step) {
    const rows = [...this.#list.children];
    const to = Math.max(0, Math.min(rows.length - 1, rows.indexOf(row) + step));
    if (rows[to] === row) return;
    this.#list.insertBefore(row, rows.filter((one) => one !== row)[to] ?? null);
    row.querySelector('[data-handle]').focus();
    this.#moved(row);
  }

  #moved(row) {
    const place = this.#number().indexOf(row) + 1;
    say(`${titleOf(row)}: moved to place ${place} of ${this.#list.children.length}.`);
    this.#send(this.#form.dataset.moveUrl, () => ({ item: row.dataset.id, before: row.nextElementSibling?.dataset.id ?? '' }));
  }

  async #remove(row) {
    const [next, near] = [row.nextElementSibling, row.nextElementSibling ?? row.previousElementSibling];
    row.remove();
    (near?.querySelector('[data-remove]') ?? this.#list).focus();
    this.#number();
    const done = await this.#send(this.#form.dataset.removeUrl, () => ({ item: row.dataset.id }));
    if (done) toast(`Removed “${titleOf(row)}”.`, () => this.#putBack(row, next));
  }

  async #putBack(row, next) {
    const done = await this.#send(this.#form.dataset.restoreUrl, () => ({ item: row.dataset.id }));
    if (!done) return;
    if (next?.isConnected) next.before(row);
    else this.#list.append(row);
    this.#number();
    row.querySelector('[data-remove]').focus();
  }

  /** Sends a change after those before it; `fields` is called at once. */
  #send(url, fields) {
    const now = fields();
    this.#busy(1);
    const sending = this.#sent.then(async () => {
      const { ok, body } = await post(url, now);
      this.#busy(-1);
      if (ok) this.#figure(body.figures);
      else toast(`${body.error} ${LOST}`);
      return ok;
    });
    this.#sent = sending.catch(() => {});
    return sending;
  }

  // So that who leaves, and what reads the page aloud, knows whether the server has everything.
  #busy(by) {
    this.#waiting += by;
    this.#list.ariaBusy = this.#waiting ? 'true' : 'false';
  }

  #figure(figures) {
    document.getElementById('figures').textContent = figures;
    this.#number();
  }

  #number() {
    const rows = [...this.#list.children];
    rows.forEach((row, index) => (part(row, 'place').textContent = index + 1));
    document.getElementById('items-none').hidden = rows.length > 0;
    document.getElementById('start').disabled = rows.length === 0;
    return rows;
  }
}

function say(text) {
  document.getElementById('moved').textContent = text;
}

function part(row, name) {
  return row.querySelector(`[data-part=${name}]`);
}

function titleOf(row) {
  return part(row, 'title').textContent;
}

function rowOf(item) {
  const row = document.getElementById('item-row').content.firstElementChild.cloneNode(true);
  row.dataset.id = item.id;
  for (const name of ['place', 'title', 'source', 'length']) part(row, name).textContent = item[name];
  part(row, 'link').href = item.link;
  const [handle, save, remove] = ['handle', 'save', 'remove'].map((name) => row.querySelector(`[data-${name}]`));
  handle.value = remove.value = item.id;
  handle.ariaLabel = `Move ${item.title}`;
  remove.ariaLabel = `Remove ${item.title}`;
  save.ariaLabel = `Save ${item.title}`;
  save.dataset.pick = item.pick;
  save.hidden = false;
  return row;
}
