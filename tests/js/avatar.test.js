import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outline, shapesOf } from '../../static/js/ui/avatar.js';
import { seeded, upTo } from './helpers.js';

const drawn = (id) => shapesOf(id).map(outline).join();
const numbers = (path) => path.match(/-?\d+(\.\d+)?/g).map(Number);

test('a person looks the same everywhere and always', () => {
  assert.equal(drawn(4711), drawn(4711));
});

test('a hundred people who came one after the other hardly ever look alike', () => {
  assert.ok(new Set(upTo(100).map(drawn)).size > 95);
});

test('all shapes lie within the picture, whatever the id', () => {
  const random = seeded(7);
  const ids = upTo(500).map(() => Math.floor(random() * 2 ** 50));
  const all = ids.flatMap((id) => numbers(drawn(id)));
  assert.ok(Math.min(...all) >= -3 && Math.max(...all) <= 43); // corners pull the line; it does not reach them
});

test('an outline is closed and has two waves a lobe', () => {
  const path = outline({ radius: 10, lobes: 5, depth: 0.1, turn: 0 });
  assert.match(path, /^M.*Z$/);
  assert.equal(path.match(/Q/g).length, 10);
});
