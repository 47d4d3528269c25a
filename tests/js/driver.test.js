import assert from 'node:assert/strict';
import { test } from 'node:test';
import { story } from './film.js';
import { vector } from './helpers.js';

const RUNS = vector({ pos: 100, t: 500 });
const RESTS = vector({ playing: false, pos: 100 });
const HELD = vector({ v: 2, pos: 104.5, t: 5000, hold: { kind: 'wait', users: [7], until: null } });
const MEANT = 300; // ms until an act on the player counts as a person's

/** Asserts that a film is where a running room is. */
function isOnTime({ currentTime }) {
  const off = currentTime - (100 + (performance.now() - 500) / 1000);
  assert.ok(Math.abs(off) < 0.06, `${off} s off`);
}

/** What room.js does for those without the remote. */
const refuse = ({ driver }, room) => driver.on('intent', () => driver.obey(room));

test('a pause by a media key that the room refuses is over at once', async () => {
  await story(RUNS, async (page, pass) => {
    refuse(page, RUNS);
    await pass(5000);
    page.film.pause();
    await pass(MEANT + 300);
    assert.deepEqual([page.intents, page.film.paused], [['pause'], false]);
    await pass(500);
    isOnTime(page.film);
  });
});

test('a jump by a media key that the room refuses is over at once', async () => {
  await story(RUNS, async (page, pass) => {
    refuse(page, RUNS);
    await pass(5000);
    page.film.currentTime += 30;
    await pass(MEANT + 400);
    assert.deepEqual(page.intents, ['seek']);
    isOnTime(page.film);
  });
});

test('a play by a media key that the room refuses leaves the film where it rests, however often', async () => {
  await story(RESTS, async (page, pass) => {
    refuse(page, RESTS);
    await pass(2000);
    const press = async () => {
      page.film.play();
      await pass(MEANT + 300);
    };
    await press();
    await press();
    await press();
    assert.deepEqual(page.intents, ['play', 'play', 'play']);
    assert.deepEqual([page.film.paused, page.film.currentTime], [true, 100]);
  });
});

test('who plays by a media key early in a countdown is back before it ends', async () => {
  await story(RESTS, async (page, pass) => {
    await pass(2000);
    page.obey(vector({ v: 2, pos: 100, t: 5000 }));
    await pass(200);
    page.film.play();
    await pass(300);
    assert.deepEqual([page.film.paused, page.film.currentTime], [true, 100]);
    await pass(3000);
    assert.equal(page.film.paused, false);
  });
});

test('who waits with the room and has the film rests where all do, without a word', async () => {
  await story(RUNS, async (page, pass) => {
    await pass(5000);
    page.obey(HELD);
    await pass(3000);
    assert.deepEqual([page.film.paused, page.film.currentTime], [true, 104.5]);
    assert.deepEqual(page.reports, ['ready']);
  });
});

test('who is waited for says so when the film stops, and when it is there again', async () => {
  await story(RUNS, async (page, pass) => {
    await pass(4000);
    page.film.stall(5000);
    await pass(1000);
    assert.deepEqual(page.reports, ['ready', 'stalled']);
    page.obey(HELD);
    await pass(3900);
    assert.deepEqual(page.reports, ['ready', 'stalled']);
    await pass(500);
    assert.deepEqual(page.reports, ['ready', 'stalled', 'ready']);
    assert.equal(page.film.currentTime, 104.5);
  });
});

test('who joins while the room waits rests there, and is ready', async () => {
  await story(HELD, async (page, pass) => {
    await pass(2000);
    assert.deepEqual([page.film.paused, page.film.currentTime], [true, 104.5]);
    assert.deepEqual(page.reports, ['ready']);
  });
});

test('who joins a running room is ready once the film runs with the others', async () => {
  await story(RUNS, async (page, pass) => {
    page.film.stall(2000);
    await pass(2500); // it has its data, and a start that lies ahead
    assert.deepEqual(page.reports, []);
    await pass(2000);
    assert.deepEqual(page.reports, ['ready']);
  });
});

test('a film that the browser plays only without sound is muted, until somebody wants sound', async () => {
  await story(RUNS, async (page, pass) => {
    page.film.refuses = () => !page.film.muted;
    await pass(3000);
    assert.deepEqual(page.reports, ['muted']);
    page.film.refuses = () => false;
    page.driver.unlock();
    page.film.tell('volumechange');
    await pass(1000);
    assert.deepEqual(page.reports, ['muted', 'ready']);
  });
});

test('a film that the browser does not play at all wants a tap, and then goes to where the others are', async () => {
  await story(RUNS, async (page, pass) => {
    page.film.refuses = () => true;
    await pass(3000);
    assert.deepEqual(page.reports, ['blocked']);
    page.film.refuses = () => false;
    page.driver.unlock();
    await pass(1500);
    isOnTime(page.film);
  });
});

test('a player that was let go is not silenced when the browser refuses it afterwards', async () => {
  await story(RESTS, async (page, pass) => {
    page.film.refuses = () => true;
    await pass(1000);
    page.driver.unlock();
    page.driver.detach();
    await pass(100);
    assert.equal(page.film.muted, false);
  });
});

test('how far a running film is off is told in whole ms, and nothing of one that rests', async () => {
  await story(RUNS, async ({ driver, film }, pass) => {
    await pass(8000);
    film.jump(0.3);
    await pass(700);
    const { drift } = driver.drift;
    assert.ok(Number.isInteger(drift) && drift > 100 && drift < 350, `${drift} ms`);
    driver.obey(vector({ v: 2, playing: false, pos: 110 }));
    await pass(100);
    assert.equal(driver.drift, null);
    driver.detach();
    assert.equal(driver.drift, null);
  });
});
