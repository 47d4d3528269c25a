import assert from 'node:assert/strict';
import { test } from 'node:test';
import { again, dropPending, find, hasOlder, initialChat, older, pend, reduceChat, renewed, retried } from '../../static/js/state/chat.js';
import { after, Client, message, msg, Server, snapshot, texts } from './chat_room.js';
import { seeded, upTo } from './helpers.js';

const mine = { id: 'mine', text: 'hello', re: null, at: [], t: 5000 };
const numbers = (chat) => chat.items.map(({ n }) => n);
const three = snapshot(5, [1, 2, 3]);
const log = (t, kind = 'kick') => ({ type: 'log', item: { t, kind, by: { id: 1 } } });

test('a snapshot is the chat', () => assert.deepEqual(numbers(after([three])), [1, 2, 3]));

test('the next version is applied', () => assert.deepEqual(numbers(after([three, msg(6, 4)])), [1, 2, 3, 4]));

test('the same message again changes it in its place', () => {
  assert.equal(find(after([three, msg(6, 2, { text: 'new' })]), 2).text, 'new');
});

test('a double is ignored', () => {
  assert.equal(find(after([three, msg(6, 2, { text: 'new' }), msg(6, 2, { text: 'old' })]), 2).text, 'new');
});

test('messages stand in the order of their numbers, whichever comes first', () => {
  assert.deepEqual(numbers(after([three, msg(6, 5), msg(7, 4)])), [1, 2, 3, 4, 5]);
});

test('a gap asks for a snapshot', () => assert.equal(reduceChat(after([three]), msg(7, 5)).ask, true));

test('a gap asks once', () => assert.equal(reduceChat(after([three, msg(7, 5)]), msg(8, 6)).ask, false));

test('what was asked before a heartbeat and is not here yet is asked again', () => {
  const heartbeat = { type: 'hb', v: 1 };
  assert.deepEqual([[], [three], [three, msg(7, 5)]].map((heard) => reduceChat(after(heard), heartbeat).ask), [true, false, true]);
});

test('a page that did not come until a heartbeat can be asked for again', () => {
  const waiting = older(after([snapshot(5, [50, 51], { first: 1 })])).chat;
  assert.equal(older(waiting).ask, null);
  assert.deepEqual(older(after([{ type: 'hb', v: 1 }], waiting)).ask, { type: 'past', before: 50 });
});

test('a change that came before its turn is applied in its turn', () => {
  assert.deepEqual(numbers(after([three, msg(7, 5), msg(6, 4)])), [1, 2, 3, 4, 5]);
});

test('a change that overtook its snapshot is applied after it', () => {
  assert.deepEqual(numbers(after([three, msg(8, 6), msg(9, 7), snapshot(8, [1, 2, 3, 4, 5, 6])])), [1, 2, 3, 4, 5, 6, 7]);
});

test('a change that overtook the first snapshot of a line is applied after it', () => {
  assert.deepEqual(numbers(after([msg(6, 4), three])), [1, 2, 3, 4]);
});

test('a snapshot that is not enough asks once more', () => {
  assert.equal(reduceChat(after([three, msg(9, 6)]), snapshot(7, [1, 2, 3, 4])).ask, true);
});

test('an old snapshot that nobody asked for is ignored', () => {
  assert.deepEqual(numbers(after([three, msg(6, 4), three])), [1, 2, 3, 4]);
});

test('a new line takes its snapshot whatever its version', () => {
  assert.deepEqual(numbers(after([snapshot(1, [1])], renewed(after([three])))), [1]);
});

test('a change of a message that is not here does not make a hole', () => {
  assert.deepEqual(numbers(after([snapshot(5, [50, 51], { first: 1 }), msg(6, 10)])), [50, 51]);
});

test('a clear takes the messages away', () => {
  assert.deepEqual(numbers(after([three, { type: 'clear', v: 6, cleared: 2 }])), [3]);
});

test('after a clear there is nothing older to ask for', () => {
  assert.equal(hasOlder(after([three, { type: 'clear', v: 6, cleared: 2 }])), false);
});

test('a clear that was taken back asks for a snapshot', () => {
  assert.equal(reduceChat(after([three, { type: 'clear', v: 6, cleared: 3 }]), { type: 'clear', v: 7, cleared: 0 }).ask, true);
});

test('the snapshot brings back what a clear took', () => {
  const chat = after([three, { type: 'clear', v: 6, cleared: 3 }, { type: 'clear', v: 7, cleared: 0 }, snapshot(7, [1, 2, 3])]);
  assert.deepEqual(numbers(chat), [1, 2, 3]);
});

test('a message of mine waits for the room', () => assert.equal(pend(after([three]), mine).pending[0].reason, null));

test('its message settles what waits', () => {
  assert.deepEqual(after([msg(6, 4, { id: 'mine' })], pend(after([three]), mine)).pending, []);
});

test('a snapshot with it settles what waits', () => {
  const later = snapshot(9, [1], { items: [message(1, { id: 'mine' })] });
  assert.deepEqual(after([later], renewed(pend(after([three]), mine))).pending, []);
});

test('an old version settles what waits: the answer to one that was sent twice', () => {
  assert.deepEqual(after([msg(2, 2, { id: 'mine' })], pend(after([three]), mine)).pending, []);
});

test('a message of somebody else settles nothing', () => {
  assert.equal(after([msg(6, 4)], pend(after([three]), mine)).pending.length, 1);
});

test('a refusal marks what waits with its reason', () => {
  const { pending } = after([{ type: 'refused', id: 'mine', reason: 'slow', wait: 700 }], pend(initialChat, mine));
  assert.deepEqual(pending, [{ ...mine, reason: 'slow', wait: 700 }]);
});

test('a refusal of something else marks nothing', () => {
  const { pending } = after([{ type: 'refused', id: null, reason: 'too-fast', wait: null }], pend(initialChat, mine));
  assert.equal(pending[0].reason, null);
});

test('what waits is said again on a new line', () => {
  assert.deepEqual(again(pend(initialChat, mine)), [{ type: 'say', id: 'mine', text: 'hello', re: null, at: [] }]);
});

test('what was refused is not said again by itself', () => {
  assert.deepEqual(again(after([{ type: 'refused', id: 'mine', reason: 'muted', wait: null }], pend(initialChat, mine))), []);
});

test('what was refused is said again when I want', () => {
  const refused = after([{ type: 'refused', id: 'mine', reason: 'slow', wait: 1 }], pend(initialChat, mine));
  assert.equal(again(retried(refused, 'mine')).length, 1);
});

test('what was refused goes away when I want', () => assert.deepEqual(dropPending(pend(initialChat, mine), 'mine').pending, []));

test('older messages are asked for before the oldest', () => {
  assert.deepEqual(older(after([snapshot(5, [50, 51], { first: 1 })])).ask, { type: 'past', before: 50 });
});

test('older messages are asked for once at a time', () => {
  assert.equal(older(older(after([snapshot(5, [50, 51], { first: 1 })])).chat).ask, null);
});

test('there is nothing older than the first', () => assert.equal(older(after([three])).ask, null));

const withPage = (page, ...between) => after([...between, page], older(after([snapshot(5, [50, 51], { first: 1 })])).chat);
const pageOf = (from, to) => ({ type: 'past', first: 1, items: upTo(to).filter((n) => n >= from).map((n) => message(n)) });

test('a page goes before what is here', () => assert.deepEqual(numbers(withPage(pageOf(48, 49))), [48, 49, 50, 51]));

test('a page twice is there once', () => assert.deepEqual(numbers(after([pageOf(48, 49)], withPage(pageOf(48, 49)))), [48, 49, 50, 51]));

test('a page that was asked for before a new snapshot is ignored', () => {
  assert.deepEqual(numbers(withPage(pageOf(48, 49), snapshot(9, [80, 81], { first: 1 }))), [80, 81]);
});

test('a change that overtook its page is not lost', () => {
  assert.equal(find(withPage(pageOf(48, 49), msg(6, 48, { text: 'new' })), 48).text, 'new');
});

test('an empty page ends the asking', () => assert.equal(hasOlder(withPage({ type: 'past', first: 1, items: [] })), false));

test('an item of the log that comes twice is there once', () => assert.equal(after([log(1), log(1)]).log.length, 1));

test('the log is in the order of time', () => assert.deepEqual(after([log(2), log(1)]).log.map(({ t }) => t), [1, 2]));

test('who has said something has stopped typing it', () => {
  const chat = after([three, { type: 'typing', people: [[1, 'Ann'], [2, 'Bob']] }, msg(6, 4)]);
  assert.deepEqual(chat.typing, [[2, 'Bob']]);
});

test('a message that is not known changes nothing', () => {
  assert.deepEqual(reduceChat(initialChat, { type: 'new' }), { chat: initialChat, ask: false });
});

test('a long evening does not fill the memory', () => {
  assert.equal(after(upTo(1500).map((n) => msg(n, n)), after([snapshot(0, [])])).items.length, 1000);
});

/** Three clients on bad lines, while everybody talks, edits, clears and comes back. */
function evening(seed) {
  const random = seeded(seed);
  const server = new Server();
  const clients = upTo(3).map(() => new Client(server, random));
  const said = [];
  const tell = (news) => clients.forEach((client) => client.hear(news));
  const acts = [
    () => tell(server.say(`word ${said.length}`, `somebody-${random()}`)),
    () => speak(clients[Math.floor(random() * 3)]),
    () => server.items.length && tell(server.edit(1 + Math.floor(random() * server.items.length), `edited ${random()}`)),
    () => clients[Math.floor(random() * 3)].connect(),
    () => random() < 0.2 && tell(server.clear(random() < 0.5 ? 0 : undefined)),
  ];
  function speak(client) {
    const { id, text } = client.say(`said-${said.length}`, `mine ${said.length}`);
    said.push(id);
    if (random() < 0.7) tell(server.say(text, id)); // else it was lost on its way
  }
  upTo(80).forEach(() => {
    acts[Math.floor(random() * acts.length)]();
    clients.forEach((client) => client.live());
  });
  clients.forEach((client) => client.settle());
  clients.forEach((client) => client.resend()); // the answers make the versions grow ...
  clients.forEach((client) => client.settle());
  const last = server.say('good night', 'last'); // ... and whoever missed one learns it from the next
  clients.forEach((client) => {
    client.chat = after([last], client.chat);
    client.connect();
    client.settle();
  });
  return { server, clients, said };
}

/** The same without a new line at the end: gaps alone have to do. */
function quietEvening(seed) {
  const random = seeded(seed);
  const server = new Server();
  const clients = upTo(3).map(() => new Client(server, random));
  upTo(60).forEach((n) => {
    const news = random() < 0.7 ? server.say(`word ${n}`, `id-${n}`) : server.edit(server.items.length || server.say('first', 'first').item.n, `edited ${n}`);
    clients.forEach((client) => client.hear(news));
    clients.forEach((client) => client.live());
  });
  clients.forEach((client) => client.settle());
  const last = server.say('good night', 'last');
  clients.forEach((client) => {
    const { chat, ask } = reduceChat(client.chat, last);
    client.chat = ask ? after([server.snapshot()], chat) : chat;
  });
  return { server, clients };
}

for (const seed of upTo(200)) {
  test(`all see the same, and what they said once, after a bad evening, seed ${seed}`, () => {
    const { server, clients, said } = evening(seed);
    const [one, two, three] = clients.map(({ chat }) => texts(chat));
    const ids = server.items.map(({ id }) => id).filter((id) => id.startsWith('said-'));
    assert.deepEqual([two, three], [one, one]);
    assert.deepEqual([...ids].sort(), [...said].sort());
    assert.deepEqual(clients.flatMap(({ chat }) => chat.pending), []);
  });

  test(`a gap mends itself with the next message, seed ${seed}`, () => {
    const { server, clients } = quietEvening(seed);
    const [one, two, three] = clients.map(({ chat }) => texts(chat));
    assert.deepEqual([one, two, three], Array(3).fill(server.items.map(({ n, text }) => [n, text])));
  });
}
