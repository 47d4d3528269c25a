/** Lists of records that are drawn anew: bans, invites, what happened. */

/** Returns a new row of a template, with texts by the name of their part. */
export function rowOf(template, texts) {
  const row = document.getElementById(template).content.firstElementChild.cloneNode(true);
  for (const [name, text] of Object.entries(texts)) row.querySelector(`[data-part=${name}]`).textContent = text;
  return row;
}

const drawn = new WeakMap();

/**
 * Fills a list with a row for each record, and says so where there is none. What is the same stays as it is, with an
 * open question in it; who stood on a row that is gone stands on the list.
 */
export function fillList(list, none, records, draw) {
  const text = JSON.stringify(records);
  if (drawn.get(list) === text) return;
  drawn.set(list, text);
  const stood = list.contains(document.activeElement);
  list.replaceChildren(...records.map(draw));
  list.hidden = records.length === 0;
  none.hidden = records.length > 0;
  if (stood) list.focus({ preventScroll: true });
}
