/** Times of day as the clock here shows them; the server writes them in UTC. */

const FORMAT = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' };

/** Rewrites every `<time data-clock>` of the page. */
export function showLocalTimes(root = document) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, FORMAT);
  for (const time of root.querySelectorAll('time[data-clock]')) time.textContent = format.format(new Date(time.dateTime));
}
