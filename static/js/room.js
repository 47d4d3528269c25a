/** The room page: builds the parts and connects their events. */
import './ui/media-chrome.js';
import { Clock } from './clock/clock.js';
import { confirmToken } from './net/confirm.js';
import { Outbox } from './net/outbox.js';
import { opId } from './net/protocol.js';
import { Socket } from './net/socket.js';
import { loadPlayer } from './players/index.js';
import { Company } from './room/company.js';
import { Talk } from './room/talk.js';
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
import { actText, companyText, refusalText } from './ui/words.js';

const BURST = 8; // clock pings on a new line
const CARRIED = { pause: ['pos'], seek: ['pos'], rate: ['rate'] }; // fields of an op by its kind

const { socket: path, me, room, entry: first } = JSON.parse(document.getElementById('room-data').textContent);

const socket = new Socket(path);
const clock = new Clock((ping) => socket.send({ ...ping, v: state.v ?? 0 }));
const driver = new Driver({ clock });
const outbox = new Outbox();
const connection = new Connection();
const covers = new Covers();
const controls = new Controls(position);
const floats = new Floats();
const invite = document.getElementById('invite-link') && new Invite(room.title); // who came by an invite of their own sees none
const profile = new Profile();
const refusal = new Refusal(covers);
const tabs = new Tabs();
const toasts = new Toasts();
const send = (message) => socket.send(message);
const serverNow = () => (clock.ready ? clock.serverNow() : null);
const reporter = new Reporter({ send });
const company = new Company({ me, room, send, serverNow });
const talk = new Talk({ me, send, seek: (pos) => act({ kind: 'seek', pos }), now: () => serverNow() ?? Date.now() });

let state = initial;
let entry = first; // the video whose player is here, or on its way
let player = null;
let inside = room.isOwner; // a guest comes in by Join
let meta = null;

function position() {
  return state.vector ? positionAt(state.vector, clock.serverNow(), player?.duration ?? entry.duration) : 0;
}

/** Tells the room what a person wants; the player hears of it from the room. */
function act({ kind, ...wish }) {
  if (!state.vector) return;
  if (!company.may('control') && !endsCheck(kind)) {
    company.refused('not-allowed');
    return driver.obey(state.vector); // a media key may have moved this player already
  }
  if (kind === 'pause') wish.pos ??= driver.freeze();
  const fields = (CARRIED[kind] ?? []).map((name) => [name, wish[name]]);
  const op = { type: 'op', id: opId(), v: state.v, entry: state.vector.entry, kind, ...Object.fromEntries(fields) };
  outbox.add(op, performance.now());
  if (!socket.send(op)) toasts.say('Not connected: the others will see that only if the line is back at once.');
}

/** Who may call a ready check may end it, too. */
function endsCheck(kind) {
  return state.vector.hold?.kind === 'ready' && ['go', 'pause'].includes(kind) && company.may('check');
}

const HEARD = {
  ck: (message) => clock.receive(message),
  error: ({ code }) => code === 'unavailable' && toasts.say('The room cannot keep that right now. Try again in a moment.'),
  nak: ({ reason }) => refused(reason),
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
  outbox.settle(message);
  if (message.type === 'st') arrived();
  const news = state.vector !== before.vector;
  if (news) changed(before.vector);
  if (!news && message.type === 'nak') driver.obey(state.vector); // a refused pause left this player frozen
  company.hear(message);
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
  floats.resume(!before && !vector.playing && vector.pos > 1 && vector.pos !== entry.start ? vector.pos : null);
  company.vector(before, vector);
  const { by } = vector;
  if (!before) return;
  const person = by && company.person(by.user);
  talk.act(before, vector, person);
  if (!by) return;
  const offered = ['seek', 'video'].includes(by.kind) && company.may('control'); // told with an Undo beside it
  if (by.user !== me.id && actText(vector) && !offered) toasts.say(actText(vector), person);
}

function roster({ people, before, count }) {
  talk.people(people, before);
  const others = [...people.values()].filter(({ id }) => id !== me.id);
  covers.say('join', companyText(others.map(({ name }) => name), count - 1));
}

/** Puts the caret into the chat, with a person's name if one is given. */
function write(person = null) {
  tabs.show('chat');
  talk.focus(person);
}

function stayOutside() {
  covers.show('join');
  connection.sync({ state: 'outside', detached: false });
}

function enter() {
  inside = true;
  covers.hide('join');
  attach();
  driver.unlock();
}

async function load() {
  const wanted = entry;
  const loaded = await loadPlayer(wanted).catch(() => null);
  if (wanted !== entry) return; // meanwhile the room has another one
  if (!loaded) return covers.fault('The player could not be loaded. Check your connection and reload the page.');
  player = loaded;
  document.getElementById('player').append(player);
  attach();
}

/** The vector and the video come one after the other: the player obeys when both speak of the same. */
function attach() {
  const ready = player && inside && (!state.vector || state.vector.entry === entry.id);
  if (ready) driver.attach(player);
  else driver.detach();
}

/** The room has another video: its player takes the place of the one before. */
function another({ type, ...news }) {
  if (news.id === entry.id) return;
  driver.detach();
  player?.remove();
  [entry, player, meta] = [news, null, null];
  covers.hide('fault');
  covers.source(entry);
  called(entry.title);
  load();
}

function called(title) {
  document.getElementById('title').textContent = title;
  document.title = `${title} · We Watch`;
}

function follow(status) {
  connection.sync(status);
  reporter.status(status);
  floats.status(status);
  if (status.state === 'blocked') covers.show('blocked');
  else covers.hide('blocked');
  if (!player.error) covers.hide('fault');
}

function learned(news) {
  meta = { type: 'meta', entry: entry.id, ...news };
  if (!entry.known) entry.known = socket.send(meta);
  if (news.title) called(news.title);
}

socket.on('open', () => {
  clock.burst(BURST);
  for (const op of outbox.again(performance.now())) socket.send(op);
  if (meta && !entry.known) entry.known = socket.send(meta);
  reporter.opened();
  company.opened();
  talk.opened();
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
  player?.pause();
});
driver.on('status', follow);
driver.on('intent', act);
driver.on('meta', learned);
driver.on('ended', () => socket.send({ type: 'end', entry: entry.id }));
driver.on('fault', ({ message }) => covers.fault(message));
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
tabs.on('shown', (name) => talk.visible(name === 'chat'));
covers.on('join', enter);
covers.on('unlock', () => driver.unlock());

covers.source(entry);
for (const part of [connection, controls, covers, floats, invite, profile, refusal, tabs, company, talk]) part?.bind();
confirmToken();
bindDialogs();
bindKeys({ controls, invite, write, help: document.getElementById('keys'), active: () => state.vector && !covers.top });
if (!inside) stayOutside();
socket.open();
load();
