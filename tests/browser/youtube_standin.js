/**
 * A stand-in for https://www.youtube.com/iframe_api: the same names, states and bad manners, on a clock of its own.
 * Knobs in window.__ytStandin (set before the page loads it); players are listed there, with `truth()` in seconds and
 * `interrupt(ms)` for an ad in the middle of the film.
 */
(() => {
  const knobs = {
    duration: 600, // seconds
    title: 'A film of the stand-in',
    seekMs: [300, 800],
    startMs: [150, 350], // from playVideo to the first frame
    pauseMs: [20, 60],
    stairMs: 250,
    adMs: 0, // of an ad before the first start
    error: null, // code of onError at the first start, or at once if the code is 2, 100, 101, 150 or 153
    blockAutoplay: null, // null, 'unmuted' or 'always': until a gesture in the page
    rates: [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2],
    lists: {}, // ids of videos by playlist
    players: [],
    ...window.__ytStandin,
  };
  window.__ytStandin = knobs;
  const State = { UNSTARTED: -1, ENDED: 0, PLAYING: 1, PAUSED: 2, BUFFERING: 3, CUED: 5 };
  const between = ([low, high]) => low + Math.random() * (high - low);

  class Player {
    #events;
    #canvas = document.createElement('canvas');
    #state = State.UNSTARTED;
    #position = 0; // at #since
    #since = null; // ms, or null while the film stands
    #reported = 0; // what getCurrentTime says: a stair
    #rate = 1;
    #muted = false;
    #volume = 100;
    #wantsPlay = false;
    #seeks = false;
    #seen = false; // the ad
    #job = null;
    #stair;

    constructor(place, { events = {}, playerVars = {} }) {
      this.#events = events;
      this.getPlaylist = () => knobs.lists[playerVars.list] ?? null;
      this.#position = this.#reported = playerVars.start ?? 0;
      this.#canvas.style.cssText = 'width:100%;height:100%;background:#111';
      place.replaceWith(this.#canvas);
      this.#canvas.addEventListener('click', () => (this.#wantsPlay ? this.pauseVideo() : this.playVideo()));
      this.#stair = setInterval(() => this.#report(), knobs.stairMs);
      knobs.players.push(this);
      setTimeout(() => this.#born(), 100);
    }

    truth() {
      const run = this.#since === null ? 0 : ((performance.now() - this.#since) / 1000) * this.#rate;
      return Math.min(this.#position + run, knobs.duration);
    }

    /** Shows an ad now: the film stands, and the state goes on to say PLAYING. A pause makes it begin again. */
    interrupt(ms) {
      knobs.adMs = ms;
      this.#seen = false;
      this.#jump(this.truth());
      this.#ad(State.PLAYING);
    }

    playVideo() {
      this.#wantsPlay = true;
      if (this.#since !== null || this.#seeks) return;
      if (this.#isBlocked()) return this.#refuse();
      if (knobs.adMs && !this.#seen) return this.#ad();
      this.#enter(State.BUFFERING);
      this.#after(between(knobs.startMs), () => this.#run());
    }

    pauseVideo() {
      this.#wantsPlay = false;
      if (this.#seeks) return; // it rests when it is there
      const moves = [State.BUFFERING, State.UNSTARTED, State.PLAYING].includes(this.#state);
      if (moves) this.#after(between(knobs.pauseMs), () => this.#rest());
    }

    seekTo(seconds) {
      const plays = this.#wantsPlay || this.#state !== State.PAUSED; // as documented: only a paused player stays paused
      this.#jump(seconds);
      this.#wantsPlay = plays;
      this.#seeks = true;
      this.#enter(State.BUFFERING);
      this.#after(between(knobs.seekMs), () => (this.#wantsPlay ? this.#run() : this.#rest()));
    }

    loadVideoById({ startSeconds = 0 }) {
      this.#jump(startSeconds);
      this.#enter(State.UNSTARTED);
      this.playVideo();
    }

    cueVideoById({ startSeconds = 0 }) {
      this.#wantsPlay = false;
      this.#jump(startSeconds);
      this.#after(50, () => this.#enter(State.CUED));
    }

    setPlaybackRate(rate) {
      if (!knobs.rates.includes(rate)) return;
      this.#position = this.truth();
      if (this.#since !== null) this.#since = performance.now();
      this.#rate = rate;
      this.#tell('onPlaybackRateChange', rate);
    }

    getCurrentTime() {
      return this.#reported;
    }

    getDuration() {
      return knobs.duration;
    }

    getPlayerState() {
      return this.#state;
    }

    getPlaybackRate() {
      return this.#rate;
    }

    getAvailablePlaybackRates() {
      return [...knobs.rates];
    }

    getVideoLoadedFraction() {
      return Math.min(1, this.truth() / knobs.duration + 0.1);
    }

    getVideoData() {
      return { title: knobs.title, author: 'We Watch' };
    }

    mute() {
      this.#muted = true;
    }

    unMute() {
      this.#muted = false;
    }

    isMuted() {
      return this.#muted;
    }

    setVolume(volume) {
      this.#volume = volume;
    }

    getVolume() {
      return this.#volume;
    }

    destroy() {
      clearInterval(this.#stair);
      clearTimeout(this.#job);
      this.#canvas.remove();
      knobs.players.splice(knobs.players.indexOf(this), 1);
    }

    #born() {
      if ([2, 100, 101, 150, 153].includes(knobs.error)) return this.#tell('onError', knobs.error);
      this.#tell('onReady', null);
    }

    #isBlocked() {
      if (!knobs.blockAutoplay || navigator.userActivation.hasBeenActive) return false;
      return knobs.blockAutoplay === 'always' || !this.#muted;
    }

    #refuse() {
      this.#wantsPlay = false;
      this.#enter(State.BUFFERING);
      this.#after(50, () => this.#enter(State.UNSTARTED));
    }

    #ad(state = State.UNSTARTED) {
      this.#enter(state);
      this.#after(knobs.adMs, () => {
        this.#seen = true;
        if (this.#wantsPlay) this.playVideo();
      });
    }

    #run() {
      if (knobs.error) return this.#tell('onError', knobs.error);
      this.#jump(this.#position, true);
      this.#enter(State.PLAYING);
    }

    #rest() {
      this.#jump(this.truth());
      this.#enter(State.PAUSED);
    }

    #jump(position, running = false) {
      clearTimeout(this.#job);
      this.#seeks = false;
      this.#position = Math.min(Math.max(0, position), knobs.duration);
      this.#since = running ? performance.now() : null;
      this.#reported = this.#position;
    }

    #report() {
      if (this.#since !== null) this.#reported = this.truth();
      this.#draw();
      if (this.#since === null || this.truth() < knobs.duration) return;
      this.#wantsPlay = false;
      this.#jump(knobs.duration);
      this.#enter(State.ENDED);
    }

    #draw() {
      const pen = this.#canvas.getContext('2d');
      pen.clearRect(0, 0, 300, 150);
      pen.fillStyle = 'white';
      pen.font = '32px sans-serif';
      pen.fillText(this.truth().toFixed(2), 90, 85);
    }

    #after(ms, fn) {
      clearTimeout(this.#job);
      this.#job = setTimeout(fn, ms);
    }

    #enter(state) {
      this.#state = state;
      this.#tell('onStateChange', state);
    }

    /** Reports come as messages from the iframe: later, and in order. */
    #tell(name, data) {
      setTimeout(() => this.#events[name]?.({ target: this, data }), 5);
    }
  }

  window.YT = { Player, PlayerState: State };
  setTimeout(() => window.onYouTubeIframeAPIReady?.(), 0);
})();
