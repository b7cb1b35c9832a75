/** To whom the chat is written: everybody, or one person alone. Nothing that was meant for one goes to all by itself. */

import { part } from "./markup.js";
import { say } from "./words.js";

export class Audience {
  /** @type {string | null} one person, or everybody */
  chosen = null;
  /** Names of those who are or were here. @type {Map<string, string>} */
  #names = new Map();
  #drawn = "";

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.list = part(root, "to");
    this.list.addEventListener("change", () => this.choose(this.list.value || null));
  }

  /** @param {string | null} who */
  choose(who) {
    this.chosen = who;
    this.list.value = who ?? "";
    const name = this.#names.get(who);
    part(this.root, "text").placeholder = who === null ? say("write-to-all") : say("write-to", { name });
    part(this.root, "everyone").hidden = who !== null;
  }

  /** Whoever was chosen stays chosen, also when they left. @param {import("./roster.js").Roster} roster */
  draw(roster) {
    for (const { id, name } of roster.seated) this.#names.set(id, name);
    const others = roster.others.map(({ id, name }) => [id, name]);
    if (this.chosen !== null && !roster.people.has(this.chosen)) {
      others.push([this.chosen, say("person-left", { name: this.#names.get(this.chosen) })]);
    }
    part(this.root, "audience").hidden = others.length === 0;
    const drawn = JSON.stringify(others);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.list.replaceChildren(new Option(say("everyone"), ""), ...others.map(([id, name]) => new Option(name, id)));
    this.list.value = this.chosen ?? "";
  }

  /** For whom alone a message is. @param {string} to @param {import("./roster.js").Roster} roster */
  words(to, { me }) {
    if (to === me) return say("said-to-you");
    const name = this.#names.get(to);
    return name ? say("said-to", { name }) : say("said-to-one");
  }
}
