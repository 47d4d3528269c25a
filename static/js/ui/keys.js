/** The keyboard: one table of keys, which people read in the help dialog of the room page. */
import { listen } from '../emitter.js';

const TYPING = 'input:not([type=range]), textarea, select, [contenteditable]';
const PRESSING = 'button, a, [role=button], summary';
const ARROWS = { ArrowLeft: -5, ArrowRight: 5 }; // seconds
const JUMPS = { j: -10, l: 10 }; // seconds

/** Binds the keys of the room page; `active` returns whether the player may be played. Returns the undo. */
export function bindKeys({ controls, invite, write, help, active }) {
  const always = { i: () => invite?.copy(), t: () => write(), '?': () => help.showModal() };
  const playing = {
    ' ': () => controls.toggle(),
    k: () => controls.toggle(),
    m: () => controls.press('mute'),
    f: () => controls.press('fullscreen'),
    c: () => controls.press('captions'),
  };
  for (const [key, seconds] of Object.entries({ ...ARROWS, ...JUMPS })) playing[key] = () => controls.jump(seconds);

  return listen(document, 'keydown', (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = always[key] ?? (active() ? playing[key] : null);
    if (!act || isTaken(event)) return;
    event.preventDefault(); // also: an arrow on the time line is five seconds, not a hundredth of the film
    if (!event.repeat || key in ARROWS || key in JUMPS) act();
  });
}

/** Returns whether a key press belongs to where it was pressed. */
function isTaken(event) {
  const place = event.composedPath()[0];
  if (event.ctrlKey || event.metaKey || event.altKey || place.closest('dialog') || place.matches(TYPING)) return true;
  if (event.key === ' ') return place.closest(PRESSING) !== null;
  return event.key in ARROWS && place.getRootNode().host?.localName === 'media-volume-range';
}
