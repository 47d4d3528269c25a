/** What is in a message: text, links, times of the film, mentions; pure. */

const URLS = /\bhttps?:\/\/[^\s<>"\p{Cc}]+/giu;
const TRAILING = /[.,;:!?'"*_~»”’…]+$/u; // belongs to the sentence, not to the link
const SHOWN = 40; // characters of a link
const BESIDE = '\\p{L}\\p{N}_'; // what makes a word or a number go on
const TIMES = new RegExp(
  `(?<![${BESIDE}:.,])(?:(\\d{1,2}):(?=\\d\\d:))?([0-5]?\\d):([0-5]\\d)(?![${BESIDE}:]|[.,]\\d|\\s?[ap]\\.?m\\b)`,
  'giu',
);

/**
 * Returns the tokens of a text: {kind: 'text', text} · {kind: 'link', text, href} · {kind: 'time', text, seconds} ·
 * {kind: 'mention', text, ids}. `people` are those who may be mentioned: {id, name}.
 */
export function tokens(text, people = []) {
  const whole = [{ kind: 'text', text }];
  return [links, mentions(people), times].reduce((parts, find) => parts.flatMap((part) => split(part, find)), whole);
}

/** Returns the ids of the people that a text mentions as @Name. */
export function mentioned(text, people) {
  return [...new Set(tokens(text, people).flatMap(({ ids = [] }) => ids))];
}

function split(part, find) {
  if (part.kind !== 'text') return [part];
  const out = [];
  let end = 0;
  for (const { index, token } of find(part.text)) {
    if (index > end) out.push({ kind: 'text', text: part.text.slice(end, index) });
    out.push(token);
    end = index + token.length;
  }
  if (end < part.text.length) out.push({ kind: 'text', text: part.text.slice(end) });
  return out.map(({ length, ...token }) => token);
}

function links(text) {
  return Array.from(text.matchAll(URLS), ({ 0: found, index }) => ({ index, token: link(trimmed(found)) })).filter(({ token }) => token);
}

function link(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) return null;
  return { kind: 'link', text: shown(url), href: url.href, length: text.length };
}

/** Returns a link without what the sentence put after it: a dot, or a bracket that was opened before it. */
function trimmed(text) {
  const bare = text.replace(TRAILING, '');
  const isOpen = (open, close) => bare.endsWith(close) && bare.split(close).length > bare.split(open).length;
  return isOpen('(', ')') || isOpen('[', ']') || isOpen('{', '}') ? trimmed(bare.slice(0, -1)) : bare;
}

// The host as the browser reads it: a name in look-alike letters shows itself.
function shown({ host, pathname, search, hash }) {
  const rest = `${pathname}${search}${hash}`;
  const all = rest === '/' ? host : host + rest;
  return all.length > SHOWN ? `${all.slice(0, SHOWN - 1)}…` : all;
}

function times(text) {
  return Array.from(text.matchAll(TIMES), ({ 0: found, 1: hours, 2: minutes, 3: seconds, index }) => {
    const all = Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds);
    return { index, token: { kind: 'time', text: found, seconds: all, length: found.length } };
  });
}

function mentions(people) {
  const names = people.map(({ name }) => name).sort((a, b) => b.length - a.length);
  if (!names.length) return () => [];
  const pattern = new RegExp(`(?<![${BESIDE}])@(${names.map(escaped).join('|')})(?![${BESIDE}])`, 'giu');
  const idsOf = (name) => people.filter((person) => person.name.toLowerCase() === name.toLowerCase()).map(({ id }) => id);
  return (text) =>
    Array.from(text.matchAll(pattern), ({ 0: found, 1: name, index }) => {
      return { index, token: { kind: 'mention', text: found, ids: idsOf(name), length: found.length } };
    });
}

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
