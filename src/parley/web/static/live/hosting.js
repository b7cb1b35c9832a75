/** What hosts see and decide beside the stage: who waits, whether the room is locked, who may speak. */

import { copy, part, setText } from "./markup.js";
import { say } from "./words.js";

const LONG_ENOUGH = 12_000;

export class Hosting {
  /** @type {Set<string>} who waited when it was last drawn */
  #known = new Set();
  #hiding = 0;

  /**
   * @param {HTMLElement} root the room
   * @param {{call: () => import("./call.js").Call, notices: import("./notices.js").Notices, show: () => void}} parts
   */
  constructor(root, { call, notices, show }) {
    Object.assign(this, { call, notices, show });
    this.opener = part(root, "waiting");
    this.locked = part(root, "locked");
    this.lobby = part(root, "lobby");
    this.list = part(this.lobby, "waiting-list");
    this.house = part(root, "house");
    this.opener.addEventListener("click", show);
    this.lobby.addEventListener("click", ({ target }) => this.#decide(target.closest("button")));
    this.house.addEventListener("change", ({ target }) => this.#change(target));
    part(this.house, "mute-all").addEventListener("click", () => call().muteAll());
  }

  /** @param {import("./roster.js").Roster} roster */
  draw({ leads, waiting, house }) {
    const count = leads ? waiting.length : 0;
    this.opener.hidden = count === 0;
    setText(part(this.opener, "waiting-words"), say("waiting-count", { count }));
    setText(part(this.opener, "waiting-number"), String(count));
    this.locked.hidden = !house.locked;
    this.house.hidden = !leads;
    part(this.house, "is-locked").checked = house.locked;
    part(this.house, "may-unmute").checked = house.may_unmute;
    part(this.house, "who-waits").value = house.lobby;
    this.lobby.hidden = count === 0;
    part(this.lobby, "admit-all").hidden = count < 2;
    this.#drawWaiting(leads ? waiting : []);
  }

  /** The room is left. */
  close() {
    clearTimeout(this.#hiding);
    this.#known.clear();
  }

  #drawWaiting(waiting) {
    for (const row of [...this.list.children]) if (!waiting.some(({ id }) => id === row.dataset.who)) row.remove();
    for (const person of waiting) {
      if (![...this.list.children].some((row) => row.dataset.who === person.id)) this.list.append(this.#row(person));
    }
    const fresh = waiting.filter(({ id }) => !this.#known.has(id));
    const before = this.#known.size;
    this.#known = new Set(waiting.map(({ id }) => id));
    if (fresh.length) this.#tell(fresh[0], waiting.length);
    else if (waiting.length < before || (before && this.lobby.checkVisibility())) this.notices.hide("lobby");
  }

  #row({ id, name, user }) {
    const row = copy("waiting-person");
    row.dataset.who = id;
    setText(part(row, "name"), name);
    part(row, "name").title = name;
    part(row, "guest").hidden = user;
    setText(part(row, "admit-words"), say("admit-person", { name }));
    setText(part(row, "refuse-words"), say("refuse-person", { name }));
    return row;
  }

  /** Somebody new waits: say so for a while, where the list of them is not open; the control above the stage stays. */
  #tell({ id, name }, count) {
    const words = count === 1 ? say("person-waits", { name }) : say("waiting-count", { count });
    if (this.lobby.checkVisibility()) {
      this.notices.announce(words);
      return;
    }
    const act =
      count === 1
        ? { words: say("admit"), run: () => this.call().admit(id) }
        : { words: say("show-waiting"), run: () => this.show() };
    this.notices.show("lobby", { words, act });
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => this.notices.hide("lobby"), LONG_ENOUGH);
  }

  #decide(button) {
    const who = button?.closest("[data-who]")?.dataset.who;
    if (button?.dataset.act === "admit") this.call().admit(who);
    if (button?.dataset.act === "refuse") this.call().refuse(who);
  }

  #change({ dataset, checked, value }) {
    if (dataset.part === "is-locked") this.call().changeHouse({ locked: checked });
    if (dataset.part === "may-unmute") this.call().changeHouse({ may_unmute: checked });
    if (dataset.part === "who-waits") this.call().changeHouse({ lobby: value });
  }
}
