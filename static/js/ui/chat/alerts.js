/** Tells me that I am meant while I look elsewhere: in the title, on the tab of the chat, by a notification if I want. */
import { Emitter, listen } from '../../emitter.js';

const CHOICE = 'chat-notify'; // in localStorage
const COUNT = /^\(\d+\) /;

export class Alerts extends Emitter {
  #bell = document.getElementById('chat-bell');
  #news = document.getElementById('chat-news');
  #meant = 0;
  #wanted = localStorage.getItem(CHOICE) === 'yes';

  /** Listens to the bell; returns the undo. */
  bind() {
    this.#bell.hidden = !('Notification' in window); // as where the page is not secure
    this.#render();
    return listen(this.#bell, 'click', () => this.#toggle());
  }

  /** Somebody mentions me, or answers me, out of my sight: {name, text}. */
  meant({ name, text, n }) {
    this.#meant += 1;
    this.#count();
    if (document.hidden && this.#isOn()) this.#notify(name, { body: text, tag: `message-${n}` });
  }

  /** Shows how many messages are unread, on the tab of the chat. */
  unread(count) {
    this.#news.hidden = count === 0;
    this.#news.textContent = count > 99 ? '99+' : String(count);
    this.#news.title = `${count} new message${count === 1 ? '' : 's'}`;
  }

  /** All of it is in my sight. */
  seen() {
    if (!this.#meant) return;
    this.#meant = 0;
    this.#count();
  }

  #count() {
    const title = document.title.replace(COUNT, '');
    document.title = this.#meant ? `(${this.#meant}) ${title}` : title;
  }

  async #toggle() {
    this.#wanted = !this.#isOn();
    if (this.#wanted) await Notification.requestPermission();
    localStorage.setItem(CHOICE, this.#isOn() ? 'yes' : 'no');
    this.#render();
    if (this.#wanted && !this.#isOn()) this.emit('blocked');
  }

  #isOn() {
    return this.#wanted && Notification.permission === 'granted';
  }

  #render() {
    this.#bell.ariaPressed = String(!this.#bell.hidden && this.#isOn());
  }

  #notify(title, options) {
    try {
      const note = new Notification(title, options);
      note.onclick = () => {
        window.focus();
        note.close();
      };
    } catch {
      this.#bell.hidden = true; // phones have the name, but let only service workers use it
    }
  }
}
