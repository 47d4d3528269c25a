/** The name and description of a playlist, changed in place. */
import { listen } from '../emitter.js';
import { post } from './post.js';

/** Binds the part that unfolds; returns the undo. */
export function bindEdit(unfold, form) {
  const undo = [
    listen(unfold, 'toggle', () => unfold.open && form.elements.name.select()),
    listen(unfold, 'keydown', (event) => event.key === 'Escape' && close(unfold)),
    listen(form, 'submit', (event) => {
      event.preventDefault();
      save(unfold, form);
    }),
  ];
  return () => undo.forEach((one) => one());
}

async function save(unfold, form) {
  const { ok, body } = await post(form.action, new FormData(form));
  form.querySelector('[data-part=error]').textContent = ok ? '' : body.error;
  if (!ok) return form.elements.name.focus();
  document.title = `${body.name} · We Watch`;
  document.getElementById('playlist-name').textContent = form.elements.name.value = body.name;
  document.getElementById('playlist-about').textContent = form.elements.about.value = body.about;
  close(unfold);
}

function close(unfold) {
  unfold.open = false;
  unfold.querySelector('summary').focus();
}
