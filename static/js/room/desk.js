/** The desk of those who run the room: sends what they decide, and keeps the lists of the Room tab fresh. */
import { Emitter } from '../emitter.js';
import { Requests } from '../net/requests.js';
import { Invites } from '../ui/invites.js';
import { Moderation } from '../ui/moderation.js';
import { Rules } from '../ui/rules.js';
import { whenSeen } from '../ui/seen.js';

const CALM = 500; // ms in which several changes are asked for once

/** Event: 'renewed' {url}. */
export class Desk extends Emitter {
  #requests;
  #rules;
  #invites;
  #moderation;
  #place = document.getElementById('panel-room');
  #parts = ['invites', 'moderation'].map((id) => document.getElementById(id));
  #timer = null;
  #may = [];

  /** `send` takes a message; `serverNow` returns ms, or null. */
  constructor(send, serverNow) {
    super();
    const now = () => serverNow() ?? Date.now();
    this.#requests = new Requests(send);
    this.#rules = new Rules((kind, fields) => this.manage(kind, fields));
    this.#invites = new Invites((kind, fields) => this.manage(kind, fields), now);
    this.#moderation = new Moderation((kind, fields) => this.manage(kind, fields), now);
  }

  /** Listens to the Room tab; returns the undo. */
  bind() {
    const undo = [
      ...[this.#rules, this.#invites, this.#moderation].map((part) => part.bind()),
      ...this.#parts.map((part) => whenSeen(part, () => this.#refresh())),
      this.#invites.on('renewed', (news) => this.emit('renewed', news)),
    ];
    return () => undo.forEach((one) => one());
  }

  /** Sends an act on the room; resolves to {ok, data, reason, wait}. */
  async manage(kind, fields = {}) {
    const answer = await this.#requests.ask({ type: 'manage', kind, ...fields });
    if (answer.ok) this.#refresh();
    return answer;
  }

  /** Takes the server's message. */
  hear(message) {
    this.#requests.hear(message);
    if (['log', 'rules'].includes(message.type)) this.#refresh();
  }

  /** There is a new line. */
  opened() {
    this.#requests.again();
    this.#refresh();
  }

  /** Shows the room as state/company.js knows it; `acting`: I act as host. */
  render({ rules, you, acting }) {
    this.#may = you?.may ?? [];
    this.#rules.render({ rules, you, acting });
    this.#invites.allow(this.#may.includes('invite'));
    this.#moderation.allow(this.#may.includes('moderate'));
  }

  /** Asks for the lists while somebody looks at them who may. */
  #refresh() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#list(), CALM);
  }

  async #list() {
    if (!this.#place.checkVisibility() || !this.#may.includes('moderate')) return;
    const { ok, data } = await this.#requests.ask({ type: 'manage', kind: 'list' });
    if (!ok) return;
    this.#invites.render(data);
    this.#moderation.render(data);
  }
}
