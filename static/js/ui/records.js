/** Lists of records that are drawn anew: bans, invites, what happened. */

/** Returns a new row of a template, with texts by the name of their part. */
export function rowOf(template, texts) {
  const row = document.getElementById(template).content.firstElementChild.cloneNode(true);
  for (const [name, text] of Object.entries(texts)) row.querySelector(`[data-part=${name}]`).textContent = text;
  return row;
}

const drawn = new WeakMap(); // by list: a Map by record of {text, row}

/**
 * Fills a list with a row for each record, and says so where there is none. A row stays as it is while its record is the
 * same, or while a question is open in it; who stood on a row that is gone stands on the list.
 */
export function fillList(list, none, records, draw) {
  const before = drawn.get(list) ?? new Map();
  const after = new Map(records.map((record) => [record.id ?? JSON.stringify(record), record]));
  for (const [key, record] of after) after.set(key, renewed(before.get(key), record, draw));
  drawn.set(list, after);
  const stood = list.contains(document.activeElement);
  place(list, [...after.values()].map(({ row }) => row));
  list.hidden = records.length === 0;
  none.hidden = records.length > 0;
  if (stood && !list.contains(document.activeElement)) list.focus({ preventScroll: true });
}

function renewed(known, record, draw) {
  const text = JSON.stringify(record);
  const stays = known && (known.text === text || known.row.querySelector('.question'));
  return stays ? known : { text, row: draw(record) };
}

/** Puts rows into a list without touching those that are in their place: a row that moves loses the focus in it. */
function place(list, rows) {
  const kept = new Set(rows);
  for (const row of [...list.children]) if (!kept.has(row)) row.remove();
  let next = list.firstElementChild;
  for (const row of rows) {
    if (row === next) next = next.nextElementSibling;
    else list.insertBefore(row, next);
  }
}
