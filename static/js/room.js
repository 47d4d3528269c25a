/** The room page: builds the parts and connects their events. */
import './ui/media-chrome.js';
import { Clock } from './clock/clock.js';
import { confirmToken } from './net/confirm.js';
import { Socket } from './net/socket.js';
import { Company } from './room/company.js';
import { Door } from './room/door.js';
import { Keep } from './room/keep.js';
import { Ops } from './room/ops.js';
import { Queue } from './room/queue.js';
import { Screen } from './room/screen.js';
import { Talk } from './room/talk.js';
import { Told } from './room/told.js';
import { initial, reduce } from './state/reduce.js';
import { Driver } from './sync/driver.js';
import { Reporter } from './sync/report.js';
import { positionAt } from './sync/timeline.js';
import { Connection } from './ui/connection.js';
import { Controls } from './ui/controls.js';
import { Covers } from './ui/covers.js';
import { bindDialogs } from './ui/dialogs.js';
import { Floats } from './ui/floats.js';
import { Invite } from './ui/invite.js';
import { bindKeys } from './ui/keys.js';
import { Profile } from './ui/profile.js';
import { Refusal } from './ui/refusal.js';
import { Tabs } from './ui/tabs.js';
import { Toasts } from './ui/toasts.js';
import { actText, refusalText } from './ui/words.js';

const BURST = 8; // clock pings on a new line
const UNDONE = new Set(['seek', 'video', 'skip']);

const { socket: path, me, room, entry } = JSON.parse(document.getElementById('room-data').textContent);

const socket = new Socket(path);
const clock = new Clock((ping, isMinutely) => socket.send({ ...ping, v: state.v ?? 0, ...(isMinutely && driver.drift) }));
const driver = new Driver({ clock });
const connection = new Connection();
const covers = new Covers();
const controls = new Controls(position);
const door = new Door({ covers, connection, isOwner: room.isOwner });
const floats = new Floats();
const invite = document.getElementById('invite-link') && new Invite(room.title); // who came by an invite of their own sees none
const profile = new Profile();
const refusal = new Refusal(covers);
const tabs = new Tabs();
const toasts = new Toasts();
const send = (message) => socket.send(message);
const serverNow = () => (clock.ready ? clock.serverNow() : null);
const may = (word) => company.may(word);
const ops = new Ops({ send, may, freeze: () => driver.freeze() });
const reporter = new Reporter({ send });
const screen = new Screen(entry);
const told = new Told({ send });
const company = new Company({ me, room, send, serverNow });
const queue = new Queue({ me, send, serverNow, may });
const keep = new Keep({ queue, say: (text) => toasts.say(text) });
const talk = new Talk({ me, send, seek: (pos) => act({ kind: 'seek', pos }), now: () => serverNow() ?? Date.now() });

let state = initial;

function position() {
  return state.vector ? positionAt(state.vector, clock.serverNow(), screen.player?.duration ?? screen.entry.duration) : 0;
}

/** Tells the room what a person wants; the player hears of it from the room. */
function act(wish) {
  if (!state.vector) return;
  if (!ops.allows(state.vector, wish.kind)) {
    company.refused('not-allowed');
    return driver.obey(state.vector); // a media key may have moved this player already
  }
  if (!ops.tell(state, wish)) toasts.say('Not connected: the others will see that only if the line is back at once.');
}

const HEARD = {
  ck: (message) => clock.receive(message),
  entry: another,
};

function refused(reason) {
  company.refused(reason);
  if (refusalText(reason)) toasts.say(refusalText(reason));
}

function heard(message) {
  HEARD[message.type]?.(message);
  const before = state;
  const { state: after, ask } = reduce(before, message);
  state = after;
  if (ask) socket.send({ type: 'get' });
  const isMine = ops.hear(message);
  if (message.type === 'st') arrived();
  const news = state.vector !== before.vector;
  if (news) changed(before.vector);
  if (isMine && message.reason) refused(message.reason);
  if (isMine && !news) driver.obey(state.vector); // a refused pause left this player frozen
  company.hear(message);
  queue.hear(message);
  talk.hear(message);
}

/** The first frame on a line is the vector: only now is this page let in. */
function arrived() {
  connection.up();
  refusal.forget();
}

function changed(before) {
  const { vector } = state;
  controls.render(vector);
  reporter.vector(vector); // first: what the driver then does is judged by it
  driver.obey(vector);
  if (before && vector.entry !== before.entry) attach();
  floats.resume(!before && !vector.playing && vector.pos > 1 && vector.pos !== screen.entry.start ? vector.pos : null);
  queue.vector(vector);
  company.vector(before, vector);
  const { by } = vector;
  if (!before) return;
  const person = Number.isInteger(by?.user) ? company.person(by.user) : null; // else the room went on by itself
  talk.act(before, vector, person, queue.current?.title);
  if (!by) return;
  const offered = UNDONE.has(by.kind) && company.may('control'); // told with an Undo beside it
  if (by.user !== me.id && actText(vector) && !offered) toasts.say(actText(vector), person);
}

function roster({ people, before, count }) {
  talk.people(people, before);
  queue.people(count);
  door.company([...people.values()].filter(({ id }) => id !== me.id), count - 1);
}

/** Puts the caret into the chat, with a person's name if one is given. */
function write(person = null) {
  tabs.show('chat');
  talk.focus(person);
}

function shown(tab) {
  talk.visible(tab === 'chat');
  if (tab === 'queue') queue.seen();
}

/** The vector and the video come one after the other: the player obeys when both speak of the same. */
function attach() {
  const { player, entry: shown } = screen;
  const ready = player && door.inside && (!state.vector || state.vector.entry === shown.id);
  if (ready) driver.attach(player);
  else driver.detach();
}

/** The room has another video: its player takes the place of the one before. */
function another({ type, ...news }) {
  if (news.id === screen.entry.id) return;
  driver.detach();
  covers.hide('fault');
  covers.source(news);
  called(news.title);
  told.about(news);
  screen.show(news);
}

/** What follows, or when, may be new: its player is made ready in time. */
function prepare() {
  const { vector } = state;
  const { title, duration } = queue.current ?? {};
  if (title) called(title);
  covers.offer({ skip: company.may('control') && queue.next !== null, replace: queue.owns(queue.current) });
  const left = vector?.playing && !vector.hold ? (duration - position()) / vector.rate : Infinity;
  screen.prepare(queue.next, left);
}

function failed({ reason, message }) {
  covers.fault(message);
  told.failed(reason);
}

function called(title) {
  if (document.getElementById('title').textContent === title) return;
  document.getElementById('title').textContent = title;
  document.title = `${title} · We Watch`;
}

function follow(status) {
  connection.sync(status);
  reporter.status(status);
  floats.status(status);
  if (status.state === 'blocked') covers.show('blocked');
  else covers.hide('blocked');
  if (screen.player.error) return;
  told.plays();
  covers.hide('fault');
}

function learned(news) {
  told.learned(news);
  if (news.title) called(news.title);
}

socket.on('open', () => {
  clock.burst(BURST);
  for (const part of [ops, told, reporter, company, queue, talk]) part.opened();
});
socket.on('message', heard);
socket.on('down', () => connection.down());
socket.on('refused', ({ code }) => {
  connection.end();
  clock.stop();
  refusal.show(code);
  if (code === 4401 || code === 4429) return; // the film may go on: the page reloads, or knocks again
  driver.detach();
  reporter.close();
  screen.player?.pause();
});
driver.on('status', follow);
driver.on('intent', act);
driver.on('meta', learned);
driver.on('ended', () => socket.send({ type: 'end', entry: screen.entry.id }));
driver.on('fault', failed);
screen.on('loaded', attach);
screen.on('failed', () => covers.fault('The player could not be loaded. Check your connection and reload the page.'));
controls.on('intent', act);
connection.on('retry', () => socket.retry());
refusal.on('retry', () => socket.retry());
profile.on('changed', () => socket.send({ type: 'me' }));
floats.on('resume', () => act({ kind: 'play' }));
for (const name of ['unmute', 'rejoin']) floats.on(name, () => driver.unlock());
company.on('act', act);
company.on('people', roster);
company.on('mention', (person) => write(person));
company.on('renewed', () => document.querySelector('[data-opens=qr]').remove()); // it shows the old link
tabs.on('shown', shown);
queue.on('act', act);
queue.on('set', (rule) => company.set(rule));
queue.on('changed', prepare);
door.on('entered', attach);
door.on('entered', () => driver.unlock());
for (const name of ['skip', 'replace']) covers.on(name, () => queue[name]());
covers.on('unlock', () => driver.unlock());

covers.source(entry);
told.about(entry);
for (const part of [connection, controls, covers, door, floats, invite, profile, refusal, tabs, company, queue, keep, talk]) part?.bind();
confirmToken();
bindDialogs();
bindKeys({ controls, invite, write, help: document.getElementById('keys'), active: () => state.vector && !covers.top });
socket.open();
screen.load();
