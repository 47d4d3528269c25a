/** A list of listeners by event name; a leaf that every part with an `on` builds on. */
export class Emitter {
  #listeners = new Map();

  /** Calls `fn` with the detail of each event `name`; returns the undo. */
  on(name, fn) {
    const fns = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, fns.add(fn));
    return () => fns.delete(fn);
  }

  /** Tells all listeners of `name`. */
  emit(name, detail) {
    for (const fn of [...(this.#listeners.get(name) ?? [])]) fn(detail);
  }
}

/** Listens to a DOM event and returns the undo. */
export function listen(target, name, fn) {
  target.addEventListener(name, fn);
  return () => target.removeEventListener(name, fn);
}
