import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mediaFault, youtubeFault } from '../../static/js/players/faults.js';

const MEDIA = [
  ['a line that breaks', 2, '', 'network'],
  ['a damaged file', 3, 'PIPELINE_ERROR_DECODE', 'decode'],
  ['a missing file', 4, '404: Not Found', 'not-found'],
  ['a forbidden file', 4, '403: Forbidden', 'forbidden'],
  ['a host in trouble', 4, '502: Bad Gateway', 'unreachable'],
  ['a page that is no video', 4, 'DEMUXER_ERROR_COULD_NOT_OPEN: FFmpegDemuxer: open context failed', 'format'],
  ['what the browser does not tell', 4, 'MEDIA_ELEMENT_ERROR: Format error', 'unplayable'],
  ['no message at all', 4, '', 'unplayable'],
];

for (const [name, code, message, reason] of MEDIA) {
  test(`${name} is "${reason}"`, () => {
    assert.equal(mediaFault({ code, message }, 'https://example.com/a.mp4', 'https:').reason, reason);
  });
}

test('a link without https in a page with it is "insecure"', () => {
  assert.equal(mediaFault({ code: 4, message: '' }, 'http://example.com/a.mp4', 'https:').reason, 'insecure');
});

const YOUTUBE = [[2, 'not-found'], [5, 'player'], [100, 'not-found'], [101, 'embedding'], [150, 'embedding'], [153, 'referrer'], [999, 'player']];

for (const [code, reason] of YOUTUBE) {
  test(`YouTube's ${code} is "${reason}"`, () => assert.equal(youtubeFault(code).reason, reason));
}

for (const fault of [mediaFault({ code: 4, message: '' }, '', 'http:'), ...YOUTUBE.map(([code]) => youtubeFault(code))]) {
  test(`"${fault.message}" says what to do`, () => assert.match(fault.message, /(Check|Choose|choose|reload|Reload)/));
}
