/** The question before a room is deleted: one dialog for all rooms of the page. */
import { listen } from '../emitter.js';

/** Binds the dialog to the buttons with `data-delete`, the address to send to; returns the undo. */
export function bindDelete(dialog, root = document) {
  return listen(root, 'click', ({ target }) => {
    const button = target.closest('[data-delete]');
    if (!button) return;
    dialog.querySelector('[data-part=title]').textContent = button.closest('li').querySelector('bdi').textContent;
    dialog.querySelector('form').action = button.dataset.delete;
    dialog.showModal();
  });
}
