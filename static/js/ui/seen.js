/** Whether people look at a part of the page. */

/** Calls `fn` each time an element comes into view; returns the undo. */
export function whenSeen(element, fn) {
  const observer = new IntersectionObserver((entries) => entries.at(-1).isIntersecting && fn());
  observer.observe(element);
  return () => observer.disconnect();
}
