/** The field that takes links for the queue: one or many at once, and says which of them were no good. */
import { listen } from '../../emitter.js';
import { linkOf } from '../../state/queue.js';
import { reasonText } from '../reasons.js';
import { addedText, badLinks, linksIn } from './words.js';

const FRAME = 3000; // bytes of links in one message: a frame may have 4096
const SAID = 6000; // ms
const UNTOLD = 'YouTube does not tell what is in this playlist: it may be private, or empty. Add its videos one by one.';
const bytes = (text) => new TextEncoder().encode(text).length + 4;

export class Add {
  #form = document.getElementById('queue-add');
  #field = document.getElementById('queue-links');
  #error = document.getElementById('queue-error');
  #bad = document.getElementById('queue-bad');
  #said = document.getElementById('queue-said');
  #ask;
  #idsOf;
  #timer = null;

  /** `ask` (kind, fields) sends an act on the queue; `idsOf` (list) resolves to the ids of a YouTube playlist. */
  constructor(ask, idsOf) {
    [this.#ask, this.#idsOf] = [ask, idsOf];
  }

  /** Listens to the form; returns the undo. */
  bind() {
    const undo = [
      listen(this.#form, 'submit', (event) => this.#submitted(event)),
      listen(this.#field, 'input', () => this.#grow()),
      listen(this.#field, 'keydown', (event) => this.#key(event)),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Whether I may add, and whether I may choose where. */
  allow(may, chooses) {
    this.#form.hidden = !may;
    for (const button of this.#form.querySelectorAll('[value=next], [value=now]')) button.hidden = !chooses;
  }

  /** Adds links to a place: end, next, now. */
  async add(links, where) {
    this.#complain('');
    this.#say('Adding…');
    const sum = { added: 0, left: 0, bad: [] };
    const refusal = await this.#send(links, where, sum);
    if (refusal) {
      this.#say('');
      return this.#complain(refusal);
    }
    await this.#unfold(where, sum);
    this.#tell(sum);
  }

  /** Sends links in as many messages as they need; returns the sentence of a refusal, or ''. */
  async #send(links, where, sum) {
    const frames = inFrames(links);
    if (where !== 'end') frames.reverse(); // each goes above the one before
    for (const some of frames) {
      const place = where === 'now' && some !== frames.at(-1) ? 'next' : where; // the first link plays, no other on the way
      const { ok, data, reason, wait } = await this.#ask('add', { links: some, where: place });
      if (!ok && reason !== 'already') return reasonText(reason, wait);
      sum.added += data?.added ?? 0;
      sum.left += data?.left ?? 0;
      sum.bad.push(...badLinks(data ?? { bad: [] }, some));
    }
    return '';
  }

  /** What this site cannot list, YouTube's own player may. */
  async #unfold(where, sum) {
    const lists = sum.bad.filter(({ list }) => list);
    for (const one of lists) {
      this.#say('Asking YouTube for its playlist…');
      const ids = await this.#idsOf(one.list).catch(() => []);
      if (!ids.length) one.reason = UNTOLD;
      const refusal = ids.length && (await this.#send(ids.map((id) => linkOf({ source: 'youtube', ref: id })), where, sum));
      if (refusal) one.reason = refusal;
      else if (ids.length) sum.bad.splice(sum.bad.indexOf(one), 1);
    }
  }

  #submitted(event) {
    event.preventDefault();
    const links = linksIn(this.#field.value);
    if (!links.length) return this.#complain('Paste a link to a video first.');
    return this.#busy(this.add(links, event.submitter?.value || 'end'));
  }

  async #busy(work) {
    const buttons = [...this.#form.querySelectorAll('button')];
    for (const button of buttons) button.disabled = true;
    await work;
    for (const button of buttons) button.disabled = false;
  }

  /** The good links are in the queue, so that only the bad ones stay in the field. */
  #tell({ added, left, bad }) {
    this.#field.value = bad.map(({ link }) => link).join('\n');
    this.#grow();
    this.#bad.replaceChildren(...bad.map(lineOf));
    this.#bad.hidden = bad.length < 2;
    if (bad.length) this.#complain(bad.length === 1 ? bad[0].reason : `${bad.length} links were not added:`);
    this.#say(added || left ? addedText({ added, left }) : '');
  }

  #say(text) {
    this.#said.textContent = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#said.textContent = ''), SAID);
  }

  #complain(text) {
    this.#error.textContent = text;
    this.#field.ariaInvalid = text ? 'true' : null;
    if (!text) this.#bad.replaceChildren();
    else this.#field.focus();
  }

  /** Enter adds; Shift and Enter is a new line, as in the chat. */
  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  #grow() {
    this.#field.rows = Math.min(6, Math.max(1, this.#field.value.split('\n').length));
  }
}

/** Returns links in lists that each fit into a frame. */
function inFrames(links) {
  const frames = [[]];
  let size = 0;
  for (const link of links) {
    size += bytes(link);
    if (size > FRAME && frames.at(-1).length) {
      frames.push([]);
      size = bytes(link);
    }
    frames.at(-1).push(link);
  }
  return frames;
}

function lineOf({ link, reason }) {
  const line = document.createElement('li');
  const name = document.createElement('bdi');
  name.textContent = link;
  line.append(name, ` ${reason}`);
  return line;
}
