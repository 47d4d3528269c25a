import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidates, completed } from '../../static/js/ui/chat/mention.js';
import { seeded, upTo } from './helpers.js';

const people = ['Ann', 'Ann Lee', 'Bob', 'José', 'Leo'].map((name, id) => ({ id, name }));
const names = (text, caret = text.length, some = people) => candidates(text, caret, some)?.people.map(({ name }) => name) ?? null;

test('an @ offers everybody', () => assert.deepEqual(names('@'), ['Ann', 'Ann Lee', 'Bob', 'José', 'Leo']));

test('letters after it choose', () => assert.deepEqual(names('hi @bo'), ['Bob']));

test('a name that begins so comes before one of whose words does', () => assert.deepEqual(names('@le'), ['Leo', 'Ann Lee']));

test('accents need not be typed', () => assert.deepEqual(names('@jose'), ['José']));

test('a name may be typed with its space', () => assert.deepEqual(names('@ann l'), ['Ann Lee']));

test('nobody of that name: nothing is offered', () => assert.equal(names('@zoe'), null));

test('words after a name close the list', () => assert.equal(names('@bob hello'), null));

test('an address offers nobody', () => assert.equal(names('me@a'), null));

test('text without @ offers nobody', () => assert.equal(names('hello'), null));

test('only what stands before the caret counts', () => assert.deepEqual(names('@b tail', 2), ['Bob']));

test('an @ after a bracket counts', () => assert.deepEqual(names('(@b'), ['Bob']));

test('the last @ counts', () => assert.deepEqual(names('@Ann and @b'), ['Bob']));

test('nobody here: nothing is offered', () => assert.equal(names('@', 1, []), null));

test('a crowd is offered in part', () => {
  assert.equal(names('@', 1, upTo(50).map((id) => ({ id, name: `Person ${id}` }))).length, 6);
});

test('it says where the @ stands', () => assert.equal(candidates('hi @b', 5, people).start, 3));

test('a choice replaces what was typed', () => {
  assert.deepEqual(completed('hi @b', 3, 5, 'Bob'), { text: 'hi @Bob ', caret: 8 });
});

test('a choice keeps what stands after it, with one space', () => {
  assert.deepEqual(completed('hi @b there', 3, 5, 'Bob'), { text: 'hi @Bob there', caret: 8 });
});

for (const seed of upTo(50)) {
  test(`a choice changes only what was typed of the name, seed ${seed}`, () => {
    const random = seeded(seed);
    const words = upTo(6).map(() => ['a', '@', 'ann', ' ', 'é', '@b', '😂'][Math.floor(random() * 7)]);
    const before = words.join('');
    const found = candidates(`${before}@b|`, before.length + 2, people) ?? { start: before.length };
    const { text, caret } = completed(`${before}@b|`, found.start, before.length + 2, 'Bob');
    assert.equal(text, `${before.slice(0, found.start)}@Bob |`);
    assert.equal(text.slice(caret), '|');
  });
}
