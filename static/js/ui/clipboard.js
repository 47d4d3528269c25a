/** The clipboard; without https there is none, only the old way. */

/** Copies a field; returns whether that worked. If not, its text is selected. */
export async function copyField(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand('copy');
  }
}
