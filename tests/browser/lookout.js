/** Looks out for what no page of ours holds; it is in a page before the page's own scripts. */
(() => {
  const FOREIGN = [
    ...['iframe', 'frame', 'object', 'embed', 'base', 'math', 'marquee', 'details', 'audio', 'table', 'image'],
    ...['animate', 'foreignObject', '[srcdoc]', 'svg script', 'svg style', 'svg img'],
  ].join();
  const isStatic = (address) => new URL(address, location.href).href.startsWith(`${location.origin}/static/`);
  const OURS = {
    script: (node) => (node.src ? isStatic(node.src) : node.type === 'application/json'),
    img: (node) => isStatic(node.src) || node.closest('#qr') !== null,
    svg: (node) => node.matches('.icon, .face, .ring'),
    use: (node) => isStatic(node.getAttribute('href')),
    a: (node) => !node.hasAttribute('href') || ['http:', 'https:'].includes(node.protocol),
    form: (node) => node.action.startsWith(location.origin),
    video: (node) => node.closest('#player') !== null,
    source: (node) => node.closest('#player') !== null,
    style: (node) => node.parentNode === document.head || node.closest('#player, emoji-picker') !== null,
    link: (node) => node.parentNode === document.head,
    meta: (node) => node.parentNode === document.head,
  };
  const isForeign = (node) => {
    const acts = [...node.attributes].some(({ name }) => name.startsWith('on'));
    return acts || node.matches(FOREIGN) || OURS[node.localName]?.(node) === false;
  };
  const among = (root) => [root, ...root.querySelectorAll('*')].filter((node) => node instanceof Element && isForeign(node));
  const found = new Set();
  const note = (nodes) => nodes.forEach((node) => found.add(node.outerHTML.slice(0, 200)));

  const changes = new MutationObserver((records) => {
    for (const { addedNodes, target, type } of records) {
      if (type === 'attributes') note([target].filter(isForeign));
      else note([...addedNodes].filter((node) => node instanceof Element).flatMap(among));
    }
  });
  changes.observe(document, { subtree: true, childList: true, attributes: true });

  /** Returns what is, or ever was, in this page and no part of it; and whether something ran. */
  window.foreign = () => {
    note(among(document));
    return [...found, ...(window.pwned === undefined ? [] : ['something ran'])];
  };
})();
