/** Dialogs that open by `data-opens="id"` and close by `data-closes`, Escape, or a click beside them. */
import { listen } from '../emitter.js';

/** Binds all dialogs of the page; returns the undo. */
export function bindDialogs(root = document) {
  return listen(root, 'click', (event) => {
    const { target } = event;
    const opener = target.closest('[data-opens]');
    if (opener) return document.getElementById(opener.dataset.opens).showModal();
    const beside = target.localName === 'dialog' && event.detail > 0 && isBeside(target, event);
    if (beside || target.closest('[data-closes]')) target.closest('dialog').close();
  });
}

// A press beside a dialog has the dialog itself as its target, as one on its padding has: so look where it was.
function isBeside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
