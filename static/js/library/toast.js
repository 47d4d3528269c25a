/** Lines at the foot of the page that say what was done, some with an undo; they stay while somebody is at them. */
import { listen } from '../emitter.js';

const STAY = 10_000; // ms

/** Says a sentence; with `undo` there is a button that calls it, once. */
export function toast(text, undo = null) {
  const line = document.createElement('p');
  line.className = 'undo-toast';
  line.append(text);
  if (undo) line.append(undoButton(line, undo));
  document.getElementById('undo-toasts').append(line);
  leaveInTime(line);
}

function undoButton(line, undo) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn btn-quiet';
  button.textContent = 'Undo';
  listen(button, 'click', () => {
    line.remove();
    undo();
  });
  return button;
}

function leaveInTime(line) {
  let timer;
  const start = () => (timer = setTimeout(() => line.remove(), STAY));
  const stop = () => clearTimeout(timer);
  for (const name of ['pointerenter', 'focusin']) listen(line, name, stop);
  for (const name of ['pointerleave', 'focusout']) listen(line, name, start);
  start();
}
