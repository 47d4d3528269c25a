import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inAd } from '../../static/js/players/youtube_ad.js';

const [UNSTARTED, ENDED, PLAYING, PAUSED, BUFFERING, CUED] = [-1, 0, 1, 2, 3, 5];

/** What the iframe says of a film of ten minutes. */
const film = (position, share) => ({ getCurrentTime: () => position, getDuration: () => 600, getVideoLoadedFraction: () => share });
const LOADED = film(60, 0.2);

const TABLE = [
  ['it says that it plays, has film enough, and stands', PLAYING, 2100, LOADED, true],
  ['it has not begun though film enough is there', UNSTARTED, 2100, LOADED, true],
  ['it has stood no longer than a start may take', PLAYING, 2000, LOADED, false],
  ['it has hardly any film to play', PLAYING, 60_000, film(60, 0.104), false],
  ['it has not begun, and nothing is loaded', UNSTARTED, 60_000, film(0, 0), false],
  ['it knows no duration yet', UNSTARTED, 60_000, { ...LOADED, getDuration: () => 0 }, false],
  ['it is at the end of the film', PLAYING, 60_000, film(599, 1), false],
  ['it buffers', BUFFERING, 60_000, LOADED, false],
  ['it was paused', PAUSED, 60_000, LOADED, false],
  ['it waits for a tap', CUED, 60_000, LOADED, false],
  ['it has ended', ENDED, 60_000, LOADED, false],
];

for (const [name, state, stood, yt, ad] of TABLE) {
  test(`${name}: ${ad ? 'an ad' : 'no ad, as far as anybody knows'}`, () => assert.equal(inAd(state, stood, yt), ad));
}
