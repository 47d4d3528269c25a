/** What I keep of this room for myself: liked, for later, in playlists; and what I bring from my library. */
import { listen } from '../emitter.js';
import { post } from '../library/post.js';
import { Saver } from '../library/save.js';
import { linkOf } from '../state/queue.js';
import { FromLibrary } from '../ui/queue/from_library.js';

const KEPT = { like: ['liked', 'Liked. It is in your library.'], later: ['later', 'Kept for later in your library.'] };

export class Keep {
  #saver = new Saver();
  #from;
  #url = document.getElementById('save').dataset.url;
  #queue;
  #say;

  /** `queue` is that of the page (room/queue.js); `say` tells a sentence. */
  constructor({ queue, say }) {
    [this.#queue, this.#say] = [queue, say];
    this.#from = new FromLibrary((kind, fields) => queue.ask(kind, fields));
  }

  /** Listens to its parts; returns the undo. */
  bind() {
    const undo = [
      this.#saver.bind(),
      this.#from.bind(),
      ...['keep', 'library', 'saved'].map((name) => this.#queue.on(name, (detail) => this[name](detail))),
      listen(document.getElementById('keep'), 'click', () => this.#keepCurrent()),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Keeps an entry: 'like', 'later', or 'playlist', which asks where. */
  async keep({ kind, entry }) {
    const fields = { link: linkOf(entry), title: entry.title, duration: entry.duration ?? '' };
    if (!KEPT[kind]) return this.#saver.open(fields);
    const [where, sentence] = KEPT[kind];
    const { ok, body } = await post(this.#url, { ...fields, where });
    this.#say(ok ? sentence : body.error);
  }

  #keepCurrent() {
    const { current } = this.#queue;
    if (current) this.keep({ kind: 'playlist', entry: current });
  }

  /** Opens my library, to add from it. */
  library() {
    this.#from.open();
  }

  /** The queue was saved as a playlist {name}. */
  saved({ name }) {
    this.#say(`Saved as the playlist “${name}”.`);
  }
}
