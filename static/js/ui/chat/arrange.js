/** Children of an element in a new order, moving as few as possible: one that is moved loses the focus. */

/** Makes `nodes` the children of `place`, in their order. */
export function arrange(place, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...place.children]) if (!wanted.has(child)) child.remove();
  let next = place.firstElementChild;
  for (const node of nodes) {
    if (node === next) next = next.nextElementSibling;
    else place.insertBefore(node, next);
  }
}
