/** YouTube's IFrame API: loads its script once, builds an iframe, finds out what it can. */

const ADDRESS = 'https://www.youtube.com/iframe_api';
const PATIENCE = 15_000; // ms: a blocker may let this script pass and stop the one that it loads

const PROBE = 1.05; // a rate outside the documented list
const PROBE_TIME = 300; // ms

let loading = null;

/** Returns a promise of `YT`; a failure is forgotten, so that the next player tries again. */
export function loadApi() {
  loading ??= load().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Returns a new `YT.Player` inside `host`, without controls: the room has its own. */
export function build(YT, host, { id, start }, events) {
  const place = host.appendChild(document.createElement('div'));
  const quiet = { controls: 0, disablekb: 1, playsinline: 1, rel: 0 };
  const playerVars = { ...quiet, origin: location.origin, start: Math.floor(start) };
  return new YT.Player(place, { width: '100%', height: '100%', videoId: id, playerVars, events });
}

/** Fills in `traits.rates` and `traits.fineRates`: tries a rate, reads it back, goes back to `rate()`. */
export function probe(yt, traits, rate) {
  traits.rates = yt.getAvailablePlaybackRates();
  yt.setPlaybackRate(PROBE);
  setTimeout(() => {
    traits.fineRates = yt.getPlaybackRate?.() === PROBE;
    yt.setPlaybackRate?.(rate());
  }, PROBE_TIME);
}

function load() {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const fail = () => reject(new Error('the IFrame API did not load'));
    const timer = setTimeout(fail, PATIENCE);
    window.onYouTubeIframeAPIReady = () => {
      clearTimeout(timer);
      resolve(window.YT);
    };
    script.onerror = fail;
    script.src = ADDRESS;
    document.head.append(script);
  });
}
