/** Sentences in which people stand: their names in their colours, apart from the direction of the text around them. */

/** Puts a list of texts and people {name, color} into an element, unless it says that already. */
export function fill(place, parts) {
  const text = parts.map((part) => part.name ?? part).join('');
  if (place.textContent !== text) place.replaceChildren(...parts.map((part) => (part.name ? nameOf(part) : part)));
}

function nameOf({ name, color }) {
  const element = document.createElement('bdi');
  element.className = 'somebody';
  if (color) element.dataset.color = color; // the log knows some by name only
  element.textContent = name;
  return element;
}
