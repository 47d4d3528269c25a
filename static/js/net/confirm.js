/** Shows the server the cookie that this page left in the browser: the newest token ends the one before. */

const AGAIN = 10_000; // ms: for replies to other tabs that were late by as much

/**
 * Asks after each page load, and once more. Replies that overtook each other may have left an older token in
 * the browser: then the answer brings the newest, before the older one's grace of 30 s is over.
 */
export function confirmToken() {
  ask();
  setTimeout(ask, AGAIN);
}

function ask() {
  fetch('/me/', { headers: { Accept: 'application/json' } }).catch(() => {}); // the next page does it again
}
