/** The lines that the chat shows, from its messages and from what happened in the room; pure. */
import { hasOlder } from './chat.js';

const TOGETHER = 5 * 60_000; // ms: messages of one person within it stand under one name
const COMPANY = ['join', 'leave'];

/**
 * Returns the lines, each with `kind` and a `key` that stays the same while the line does:
 *
 *   {kind: 'day', t} · {kind: 'unread'} · {kind: 'event', t, event} · {kind: 'message', t, item, head, quoted} ·
 *   {kind: 'pending', t, message, head, quoted}
 *
 * `head` says whether the name stands above it; `quoted` is the message it answers, null where that is not here.
 * `events` are those that this page saw itself; `me` {id, name}; `since` is the number of the last message I have
 * read, null: no line for what is unread; `now` (ms) is today.
 */
export function flow(chat, events, { me, since = null, now = null }) {
  const byNumber = new Map(chat.items.map((item) => [item.n, item]));
  const quote = ({ re }) => (re ? byNumber.get(re) ?? null : undefined);
  const happened = inOrder(chat, events);
  const lines = merge(
    chat.items.map((item) => ({ kind: 'message', key: `m${item.n}`, t: item.t, item, quoted: quote(item) })),
    folded(happened, chat.items),
  );
  const mine = chat.pending.map((one) => ({ kind: 'pending', key: `p${one.id}`, t: one.t, message: one, quoted: quote(one) }));
  const marked = [...withDays(withUnread(lines, since, me), now), ...mine];
  return marked.map((line, index) => (saidBy(line, me) ? { ...line, head: !follows(marked[index - 1], line, me) } : line));
}

/** Returns what happened, by time, each once; nothing from before the oldest message here while there are older ones. */
function inOrder(chat, events) {
  const unique = new Map([...events, ...chat.log].map((event) => [eventKey(event), event]));
  const from = hasOlder(chat) ? chat.items[0].t : -Infinity;
  return [...unique.values()].filter(({ t }) => t >= from).sort((a, b) => a.t - b.t);
}

// An act on the film is known by the version that it made: the log and this page may both tell of it.
function eventKey({ v, t, kind, by, who, field }) {
  return v ? `e${v}-${kind}` : ['e', t, kind, by?.id, who?.id, field].join('-');
}

/** Returns event lines: runs of the same, between two messages, are one. */
function folded(events, items) {
  const place = placeAmong(items);
  const lines = [];
  for (const event of events) {
    const line = { kind: 'event', key: eventKey(event), t: event.t, event, place: place(event.t) };
    const last = lines.at(-1);
    if (last && isRun(last, line)) lines.splice(-1, 1, joined(last, line));
    else lines.push(line);
  }
  return lines;
}

/** Returns a function from a time, ever later ones, to how many messages came before it. */
function placeAmong(items) {
  let count = 0;
  return (t) => {
    while (count < items.length && items[count].t <= t) count += 1;
    return count;
  };
}

function isRun(a, b) {
  if (a.place !== b.place || a.event.kind !== b.event.kind || dayOf(a.t) !== dayOf(b.t)) return false;
  if (COMPANY.includes(a.event.kind)) return true;
  return a.event.by?.id === b.event.by?.id && a.event.who?.id === b.event.who?.id && a.event.field === b.event.field;
}

function joined(line, { t, event }) {
  const { event: before } = line;
  const people = new Map([...(before.people ?? [before.by]), event.by].map((person) => [person?.id, person]));
  const times = (before.times ?? 1) + 1;
  return { ...line, t, event: { ...event, from: before.from ?? event.from, times, people: [...people.values()] } };
}

/** Puts each event before the first message that came after it; messages keep the order of their numbers. */
function merge(messages, events) {
  const lines = [];
  let next = 0;
  const eventsUpTo = (place) => {
    for (; next < events.length && events[next].place <= place; next += 1) lines.push(events[next]);
  };
  messages.forEach((message, index) => {
    eventsUpTo(index);
    lines.push(message);
  });
  eventsUpTo(Infinity);
  return lines;
}

function withUnread(lines, since, me) {
  if (since === null) return lines;
  const index = lines.findIndex(({ item }) => item && item.n > since && item.user !== me.id);
  return index < 0 ? lines : lines.toSpliced(index, 0, { kind: 'unread', key: 'unread', t: lines[index].t });
}

function withDays(lines, now) {
  return lines.flatMap((line, index) => {
    const before = index ? lines[index - 1].t : now;
    if (before === null || dayOf(before) === dayOf(line.t)) return [line];
    return [{ kind: 'day', key: `d-${line.key}`, t: line.t }, line];
  });
}

function saidBy({ kind, item }, me) {
  if (kind === 'pending') return { user: me.id, name: me.name };
  return kind === 'message' ? item : null;
}

/** Returns whether a message stands under the name of the line before. */
function follows(before, line, me) {
  const [last, next] = [before && saidBy(before, me), saidBy(line, me)];
  if (!last || last.me || next.me) return false;
  return last.user === next.user && last.name === next.name && line.t - before.t < TOGETHER;
}

const dayOf = (t) => new Date(t).toDateString();
