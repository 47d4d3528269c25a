/** Many links pasted at once, or a file: what was added, and each line that was not, with its reason. */
import { listen } from '../emitter.js';
import { post } from './post.js';

const NOTHING = 'Paste at least one link, or choose a file.';

/** Binds the form; `added(items, figures)` is called with what came of it. Returns the undo. */
export function bindAdd(form, added) {
  return listen(form, 'submit', (event) => {
    event.preventDefault();
    send(form, added);
  });
}

async function send(form, added) {
  const { links, file } = form.elements;
  if (!links.value.trim() && !file.files.length) return complain(form, NOTHING);
  const submit = form.querySelector('[type=submit]');
  submit.disabled = true;
  const { ok, body } = await post(form.action, new FormData(form));
  submit.disabled = false;
  if (!ok) return complain(form, body.error);
  complain(form, '');
  const bad = file.files.length ? [] : keptLines(links.value, body.bad);
  form.reset();
  links.value = bad.join('\n');
  show(form, body);
  added(body.items, body.figures);
}

/** Returns the bad lines as they were written, so that they can be mended; none of a text that is no list of lines. */
export function keptLines(text, bad) {
  if (/^\s*[[{]/.test(text)) return [];
  const lines = text.split(/\r\n|\r|\n/);
  return bad.map(({ number }) => lines[number - 1] ?? '').filter(Boolean);
}

/** Returns what is said of a result. */
export function resultText(count, bad) {
  const added = `${count} video${count === 1 ? '' : 's'} added.`;
  if (!bad) return added;
  return `${added} ${bad === 1 ? 'This line was not:' : 'These lines were not:'}`;
}

function show(form, { items, bad }) {
  const [result, text, list] = ['result', 'added', 'bad'].map((name) => form.querySelector(`[data-part=${name}]`));
  text.textContent = resultText(items.length, bad.length);
  list.replaceChildren(...bad.map(lineOf));
  result.hidden = false;
}

function lineOf({ number, text, reason }) {
  const [row, where, what, why] = ['li', 'b', 'bdi', 'span'].map((tag) => document.createElement(tag));
  where.textContent = `Line ${number}`;
  what.className = 'bad-text';
  what.textContent = text;
  why.textContent = reason;
  row.append(where, ' ', what, ' ', why);
  return row;
}

function complain(form, text) {
  form.querySelector('[data-part=error]').textContent = text;
  if (text) form.elements.links.focus();
}
