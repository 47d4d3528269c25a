/** What stands above the queue: how much is to come, what follows it, and acts on all of it. */
import { Emitter, listen } from '../../emitter.js';
import { Menu } from '../menu.js';
import { loopText, nextLoop, skipText, summaryText } from './words.js';

/** Events: 'skip', 'shuffle', 'voteskip' {on}, 'set' {field, value}, and 'chosen' {kind: 'clear' | 'save' | 'list'}. */
export class Head extends Emitter {
  #summary = document.getElementById('queue-summary');
  #loop = document.getElementById('queue-loop');
  #auto = document.getElementById('queue-auto');
  #shuffle = document.getElementById('queue-shuffle');
  #skip = document.getElementById('queue-skip');
  #vote = document.getElementById('queue-voteskip');
  #more = document.getElementById('queue-more');
  #votes = document.getElementById('queue-votes');
  #menu = new Menu(document.getElementById('queue-all'));
  #kinds = [];
  #rules = { loop: 'off', autoplay: true };
  #voted = false;

  /** Listens to its buttons; returns the undo. */
  bind() {
    const press = (button, fn) => listen(button, 'click', fn);
    const undo = [
      this.#menu.bind(),
      this.#menu.on('chosen', ({ kind }) => this.emit('chosen', { kind })),
      press(this.#skip, () => this.emit('skip')),
      press(this.#shuffle, () => this.emit('shuffle')),
      press(this.#vote, () => this.emit('voteskip', { on: !this.#voted })),
      press(this.#loop, () => this.emit('set', { field: 'loop', value: nextLoop(this.#rules.loop) })),
      press(this.#auto, () => this.emit('set', { field: 'autoplay', value: !this.#rules.autoplay })),
      press(this.#more, () => this.#menu.toggle(null, this.#kinds, this.#more)),
    ];
    return () => undo.forEach((one) => one());
  }

  /** `coming`: the entries to come; `follows`: whether anything follows; `may` (word); `people`: how many are here. */
  render({ coming, count, follows, rules, may, skips, people, voted }) {
    [this.#rules, this.#voted] = [rules, voted];
    this.#summary.textContent = summaryText(coming);
    this.#votes.hidden = !rules.votes;
    const control = may('control');
    for (const button of [this.#loop, this.#auto]) button.hidden = !control;
    this.#skip.hidden = !control || !follows;
    this.#shuffle.hidden = !control || rules.votes || coming.length < 2;
    this.#vote.hidden = !rules.votes || !follows;
    this.#vote.textContent = skipText(skips, people);
    this.#vote.ariaPressed = String(voted);
    this.#loop.dataset.loop = rules.loop;
    this.#loop.title = this.#loop.ariaLabel = loopText(rules.loop);
    this.#auto.ariaPressed = String(rules.autoplay);
    this.#kinds = [...(control && count > 1 ? ['clear'] : []), ...(may('queue') ? ['list'] : []), 'save'];
  }
}
