/** Shows the server the cookie that this page left in the browser: the newest token ends the one before. */

/**
 * Asks once after each page load. Replies that overtook each other may have left an older token in the
 * browser: then the answer brings the newest, before the older one's grace is over.
 */
export function confirmToken() {
  fetch('/me/', { headers: { Accept: 'application/json' } }).catch(() => {}); // the next page does it again
}
