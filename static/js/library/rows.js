/** Rows of the liked videos, of those for later, and of the history: taken off in place, and put back. */
import { listen } from '../emitter.js';
import { post } from './post.js';
import { toast } from './toast.js';

/** Binds the list of the page; returns the undo. */
export function bindRows(list) {
  return listen(list, 'click', (event) => {
    const button = event.target.closest('[data-drop]');
    if (!button) return;
    event.preventDefault();
    drop(button);
  });
}

async function drop(button) {
  const row = button.closest('li');
  const fields = { where: button.form.elements.where.value, ...JSON.parse(button.value) };
  button.disabled = true;
  const { ok, body } = await post(button.formAction, fields);
  button.disabled = false;
  if (!ok) return toast(body.error);
  const [list, next] = [row.parentElement, row.nextElementSibling];
  stepAside(row);
  row.remove();
  const undo = fields.where === 'history' ? null : () => putBack(button, fields, list, next, row);
  toast(`Removed “${fields.title}”.`, undo);
}

async function putBack(button, fields, list, next, row) {
  const { ok, body } = await post(list.closest('form').dataset.saveUrl, { ...fields, on: 1 });
  if (!ok) return toast(body.error);
  if (next?.isConnected) next.before(row);
  else list.append(row);
  row.querySelector('[data-drop]').focus();
}

// Whoever goes through the list by keyboard goes on at the next row.
function stepAside(row) {
  const near = row.nextElementSibling ?? row.previousElementSibling;
  if (near) near.querySelector('[data-drop]').focus();
  else document.getElementById('main').querySelector('a, button, input:not([type=hidden])')?.focus();
}
