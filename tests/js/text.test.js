import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mentioned, tokens } from '../../static/js/ui/chat/text.js';
import { seeded, upTo } from './helpers.js';

const PAYLOADS = String.raw`
<script>alert(1)</script>
<img src=x onerror=alert(1)>
<svg onload=alert(1)>
javascript:alert(1)
JaVaScRiPt:alert(1)
java\nscript:alert(1)
javascript://example.org/%0aalert(1)
javascript:https://example.org
javascript:'http://x'
data:text/html,<script>alert(1)</script>
data:text/html;base64,PHNjcmlwdD4=
vbscript:msgbox(1)
file:///etc/passwd
ftp://example.org/file
blob:https://example.org/1
about:blank
view-source:https://example.org
mailto:a@example.org
tel:+123
ws://example.org
//example.org/x
\\example.org\x
https:example.org
https:/example.org
https:///example.org
http://
https://
https://[
https://[::1
https://%00
https://user:pass@example.org/
https://user@example.org/
https://example.org@evil.org/
https://:@example.org/
http://a:b@javascript:1/
https://exa mple.org
https://example.org:99999/
https://example.org:javascript/
http://javascript:alert(1)
https://javascript:alert(1)//
https://data:text/html,x
"><a href="javascript:alert(1)">x</a>
'><a href='javascript:alert(1)'>x</a>
<a href=https://example.org onclick=alert(1)>x</a>
https://example.org/"onmouseover="alert(1)
https://example.org/'onmouseover='alert(1)
https://example.org/<script>
https://example.org/%3Cscript%3E
https://example.org/\u003cscript
http&#58;//example.org
&#106;avascript:alert(1)
&lt;script&gt;
{{constructor.constructor('alert(1)')()}}
\${alert(1)}
https://example.org/#javascript:alert(1)
https://example.org/?q=javascript:alert(1)
https://example.org/‮gpj.exe
https://еxample.org
jaVasCript:/*-/*\x60/*\\\x60/*'/*"/**/(/* */oNcliCk=alert() )//
https://example.org/x";alert(1)//
`.trim().split('\n');

const people = [{ id: 1, name: 'Ann' }, { id: 2, name: 'Ann Lee' }, { id: 3, name: 'C++ (fan)' }, { id: 4, name: 'José' }];
const linksOf = (text) => tokens(text).filter(({ kind }) => kind === 'link');
const timesOf = (text) => tokens(text).filter(({ kind }) => kind === 'time').map(({ seconds }) => seconds);
const namesOf = (text) => tokens(text, people).filter(({ kind }) => kind === 'mention').map((token) => token.text);
const hrefs = (text) => linksOf(text).map(({ href }) => href);
const whole = (text) => tokens(text, people).map((token) => token.text).join('');

test('plain words are one text', () => assert.deepEqual(tokens('hello you'), [{ kind: 'text', text: 'hello you' }]));

test('there are sixty payloads', () => assert.equal(PAYLOADS.length, 60));

for (const payload of PAYLOADS) {
  test(`${payload} leads nowhere but to http and https, with no name or password`, () => {
    const wrong = hrefs(`see ${payload} there`).filter((href) => !/^https?:\/\/[^@/]+\//.test(href));
    assert.deepEqual(wrong, []);
  });

  test(`${payload} becomes texts and known tokens, nothing else`, () => {
    const kinds = tokens(payload, people).map(({ kind }) => kind);
    assert.deepEqual(kinds.filter((kind) => !['text', 'link', 'time', 'mention'].includes(kind)), []);
  });
}

const LINKS = [
  ['https://example.org', 'https://example.org/'],
  ['http://example.org/a?b=c#d', 'http://example.org/a?b=c#d'],
  ['HTTPS://EXAMPLE.ORG/A', 'https://example.org/A'],
  ['look: https://example.org/a.', 'https://example.org/a'],
  ['https://example.org/a, and', 'https://example.org/a'],
  ['"https://example.org/a"', 'https://example.org/a'],
  ['https://example.org/a?!', 'https://example.org/a'],
  ['(https://example.org/a)', 'https://example.org/a'],
  ['(see https://example.org/a).', 'https://example.org/a'],
  ['https://example.org/a_(b)', 'https://example.org/a_(b)'],
  ['(https://example.org/a_(b)).', 'https://example.org/a_(b)'],
  ['[https://example.org/a]', 'https://example.org/a'],
  ['https://example.org/a…', 'https://example.org/a'],
  ['https://localhost:8000/a', 'https://localhost:8000/a'],
  ['دیدن https://example.org/a', 'https://example.org/a'],
];

for (const [text, href] of LINKS) {
  test(`${text} has one link, to ${href}`, () => assert.deepEqual(hrefs(text), [href]));
}

test('two links are two', () => assert.equal(linksOf('https://a.org https://b.org').length, 2));

test('a word in which http stands is no link', () => assert.deepEqual(linksOf('xhttps://a.org'), []));

test('a link shows where it leads, without https', () => assert.equal(linksOf('https://example.org/a')[0].text, 'example.org/a'));

test('a bare host shows no slash', () => assert.equal(linksOf('https://example.org/')[0].text, 'example.org'));

test('a long link is shown short', () => assert.equal([...linksOf(`https://example.org/${'a'.repeat(99)}`)[0].text].length, 40));

test('a look-alike host shows itself', () => assert.match(linksOf('https://еxample.org')[0].text, /^xn--/));

const TIMES = [
  ['at 12:34', [754]],
  ['1:02:03', [3723]],
  ['01:02:03', [3723]],
  ['10:11:12', [36672]],
  ['0:05', [5]],
  ['00:00', [0]],
  ['(3:10)', [190]],
  ['see 3:10, then 4:20.', [190, 260]],
  ['10:00-12:30', [600, 750]],
  ['3:10!', [190]],
  ['60:00', []],
  ['12:60', []],
  ['1:60:00', []],
  ['12:5', []],
  ['1:2:03', []],
  ['112:34', []],
  ['12:345', []],
  ['a12:34', []],
  ['12:34b', []],
  ['1:02:03:04', []],
  ['12:34.5', []],
  ['5.12:34', []],
  ['12:34pm', []],
  ['12:34 am', []],
  ['12:34 p.m.', []],
  ['٣:١٠', []],
  ['::12:34', []],
];

for (const [text, seconds] of TIMES) {
  test(`${text} has the times ${seconds.join(', ') || 'none'}`, () => assert.deepEqual(timesOf(text), seconds));
}

test('a time in a link is the link\'s', () => assert.deepEqual(timesOf('https://example.org/12:34'), []));

test('a name after @ is a mention', () => assert.deepEqual(namesOf('hi @Ann, you'), ['@Ann']));

test('the longer name wins', () => assert.deepEqual(namesOf('@Ann Lee!'), ['@Ann Lee']));

test('case does not matter', () => assert.deepEqual(namesOf('@ann lee'), ['@ann lee']));

test('a longer word is somebody else', () => assert.deepEqual(namesOf('@Anna'), []));

test('an address is no mention', () => assert.deepEqual(namesOf('me@Ann'), []));

test('a name of signs is taken as it is', () => assert.deepEqual(namesOf('yes @C++ (fan)'), ['@C++ (fan)']));

test('a name that nobody has is text', () => assert.deepEqual(namesOf('@Zoe'), []));

test('a mention knows whom it means', () => assert.deepEqual(mentioned('@José and @Ann', people), [4, 1]));

test('everybody of that name is meant, once', () => {
  assert.deepEqual(mentioned('@Ann @ann', [{ id: 1, name: 'Ann' }, { id: 9, name: 'ANN' }]), [1, 9]);
});

test('a mention in a link is the link\'s', () => assert.deepEqual(mentioned('https://example.org/@Ann', people), []));

const PIECES = ['12:34', '@Ann', '@Ann Lee', 'https://', 'http://a.org/', ' ', '.', ')', '(', '"', '<', 'é', '😂', '@', ':', '1', 'javascript:', 'مرحبا'];

for (const seed of upTo(200)) {
  test(`nothing is lost but what a link does not show, seed ${seed}`, () => {
    const random = seeded(seed);
    const text = upTo(20).map(() => PIECES[Math.floor(random() * PIECES.length)]).join('');
    const shown = tokens(text, people).filter(({ kind }) => kind !== 'link');
    assert.deepEqual(hrefs(text).filter((href) => !/^https?:\/\/[^@/]+\//.test(href)), []);
    assert.equal(shown.every((token) => text.includes(token.text)), true);
  });

  test(`without links the tokens are the text, seed ${seed}`, () => {
    const random = seeded(seed + 1000);
    const text = upTo(20).map(() => PIECES[Math.floor(random() * PIECES.length)]).join('').replaceAll('http', '');
    assert.equal(whole(text), text);
  });
}
