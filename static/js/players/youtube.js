/** YouTube's iframe player in HTMLMediaElement's words. */
import { NO_YOUTUBE, youtubeFault } from './faults.js';
import { MediaLike } from './media_like.js';
import { inAd, isRefused } from './youtube_ad.js';
import { climb, frozen, positionOn, standing } from './stair.js';
import { build, loadApi, probe } from './youtube_api.js';

const [UNSTARTED, ENDED, PLAYING, PAUSED] = [-1, 0, 1, 2]; // YT.PlayerState
const POLL = 100; // ms
const OBEDIENCE = 1500; // ms for the iframe to do as told; until then it may report what was before
const SEEK_LEAST = 300; // ms before a seek can be believed done: a slow one shows as buffering only then
const SEEK_MOST = 5000; // ms
const NEAR = 1; // seconds

/** Returns the player element of an entry {ref: video id, start}. */
export function create({ ref, start }) {
  const player = document.createElement('youtube-player');
  player.cue(ref, start ?? 0);
  return player;
}

class YouTubePlayer extends MediaLike {
  #id;
  #yt = null;
  #ready = false;
  #state = UNSTARTED;
  #started = false; // has shown a frame: before that the iframe has but a start position
  #startAt = 0;
  #paused = true;
  #stoppedAt = 0; // our own pause, until the iframe has had time to report its position
  #toldAt = -Infinity; // when play or pause was last asked for
  #promise = null; // of play()
  #seek = null; // {to, since}
  #stair = standing(0, 0);
  #rate = 1;
  #poll = null;

  traits = { fineRates: false, stairMs: 250, rates: [1] };

  /** Says what to play, before the element is put into the page. */
  cue(id, start) {
    this.#id = id;
    this.#startAt = start;
  }

  async connectedCallback() {
    try {
      const YT = await loadApi();
      if (this.isConnected && !this.#yt) this.#build(YT);
    } catch {
      this.fail(2, NO_YOUTUBE);
    }
  }

  disconnectedCallback() {
    clearInterval(this.#poll);
    this.#yt?.destroy();
    this.replaceChildren();
    [this.#yt, this.#ready, this.#started, this.#paused] = [null, false, false, true];
  }

  get currentTime() {
    if (this.#seek) return this.#seek.to;
    if (!this.#started) return this.#startAt;
    if (!this.#paused) return positionOn(this.#stair, performance.now(), this.#rate);
    return this.#isObeying() ? this.#stoppedAt : this.#yt.getCurrentTime();
  }

  set currentTime(to) {
    this.#seek = { to, since: performance.now() };
    this.#startAt = this.#stoppedAt = to;
    if (this.#started || !this.#paused) this.#yt.seekTo(to, true);
    if (this.ended || (this.#started && this.#paused)) this.#tellToPause(); // seekTo starts a player that has ended
    this.#watch();
    this.tell('seeking');
  }

  get paused() {
    return this.#paused;
  }

  get seeking() {
    return this.#seek !== null;
  }

  get ended() {
    return this.#state === ENDED && this.#paused;
  }

  get readyState() {
    if (!this.#ready) return 0;
    const flows = this.#state === PLAYING && !frozen(this.#stair, performance.now());
    return this.#paused || flows ? 4 : 2; // a running ad counts as waiting, too
  }

  get ad() {
    if (this.#paused || this.#seek) return false;
    return inAd(this.#state, performance.now() - this.#stair.changedAt, this.#yt);
  }

  get playbackRate() {
    return this.#rate;
  }

  set playbackRate(rate) {
    this.#stair = standing(this.currentTime, performance.now());
    this.#rate = rate;
    this.#yt?.setPlaybackRate?.(rate);
    this.tell('ratechange');
  }

  get title() {
    return this.#yt?.getVideoData?.()?.title ?? ''; // not documented: it may go
  }

  loudness() {
    if (!this.#ready) return;
    this.#yt.setVolume(this.volume * 100);
    if (this.muted) this.#yt.mute();
    else this.#yt.unMute();
  }

  loadedShare() {
    return this.#ready ? this.#yt.getVideoLoadedFraction() : 0;
  }

  /** Plays; rejects as a `<video>` does, with NotAllowedError if the browser wants a gesture first. */
  play() {
    if (!this.#ready) return Promise.reject(new DOMException('not ready', 'AbortError'));
    if (!this.#paused) return Promise.resolve();
    const now = performance.now();
    this.#stair = standing(this.currentTime, now);
    this.#toldAt = now;
    this.#paused = false;
    if (this.#started) this.#yt.playVideo();
    else this.#yt.loadVideoById({ videoId: this.#id, startSeconds: this.#startAt });
    this.#watch();
    this.tell('play');
    return new Promise((resolve, reject) => (this.#promise = { resolve, reject }));
  }

  pause() {
    if (this.#paused) return;
    this.#stoppedAt = this.currentTime;
    this.#tellToPause();
    this.#stops('AbortError');
  }

  #build(YT) {
    this.#yt = build(YT, this, { id: this.#id, start: this.#startAt }, {
      onReady: () => this.#onReady(),
      onStateChange: ({ data }) => this.#onState(data),
      onError: ({ data }) => this.fail(data, youtubeFault(data)),
      onAutoplayBlocked: () => this.#stops('NotAllowedError'),
    });
  }

  #onReady() {
    this.#ready = true;
    this.loudness();
    this.duration = this.#yt.getDuration();
    probe(this.#yt, this.traits, () => this.#rate);
    this.tell('loadedmetadata');
    this.tell('canplay');
  }

  #onState(state) {
    this.#state = state;
    this.duration = this.#yt.getDuration();
    if (state === PLAYING) return this.#plays();
    if (this.#paused) return;
    if (state === PAUSED) return this.#rests();
    if (state !== ENDED) return this.tell('waiting');
    this.#stops('AbortError');
    this.tell('ended');
  }

  #plays() {
    if (this.#paused && this.#isObeying()) return;
    this.#started = true;
    this.#stair = standing(this.#paused ? this.#yt.getCurrentTime() : this.currentTime, performance.now());
    if (this.#paused) this.tell('play');
    this.#paused = false;
    this.#promise?.resolve();
    this.#promise = null;
    this.#watch();
    this.tell('playing');
  }

  #rests() {
    if (!this.#seek && !this.#isObeying()) this.#stops('AbortError');
  }

  #stops(why) {
    this.#paused = true;
    this.#promise?.reject(new DOMException('did not play', why));
    this.#promise = null;
    this.tell('pause');
  }

  #tellToPause() {
    this.#toldAt = performance.now();
    this.#yt.pauseVideo();
  }

  #isObeying() {
    return performance.now() - this.#toldAt < OBEDIENCE;
  }

  /** Polls while there is something to find out. */
  #watch() {
    this.#poll ??= setInterval(() => this.#look(performance.now()), POLL);
  }

  #look(now) {
    if (this.#seek) this.#lookAtSeek(now);
    if (!this.#paused) this.#lookAtTime(now);
    if (!this.#isObeying()) this.#lookAtObedience();
    if (!this.#paused || this.#seek || this.#isObeying()) return;
    clearInterval(this.#poll);
    this.#poll = null;
  }

  #lookAtSeek(now) {
    const { to, since } = this.#seek;
    const unborn = !this.#started && this.#paused;
    const there = [PLAYING, PAUSED].includes(this.#state) && Math.abs(this.#yt.getCurrentTime() - to) < NEAR;
    if (!unborn && !(there && now - since > SEEK_LEAST) && now - since < SEEK_MOST) return;
    this.#seek = null;
    this.#stair = standing(to, now);
    this.tell('seeked');
  }

  #lookAtTime(now) {
    if (this.#seek || this.#state !== PLAYING) return;
    const before = this.#stair;
    this.#stair = climb(before, this.#yt.getCurrentTime(), now, this.#rate);
    if (this.#stair !== before) this.tell('timeupdate');
  }

  /** The iframe has had its time: what it reports now is what it does. */
  #lookAtObedience() {
    if (this.#paused) return this.#state === PLAYING ? this.#plays() : undefined;
    if (this.#promise && isRefused(this.#state)) return this.#stops('NotAllowedError');
    if (!this.#promise && this.#state === PAUSED) this.#rests();
  }
}

customElements.define('youtube-player', YouTubePlayer);
