/** Who is here: everybody with their signs, raised hands first; the host may mute and remove. */

import { copy, initials, part, setText, shade } from "./markup.js";
import { say } from "./words.js";

export class People {
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();

  /** @param {HTMLElement} root @param {{mute: (who: string) => void, remove: (who: string) => void}} acts */
  constructor(root, acts) {
    this.root = root;
    this.acts = acts;
    this.list = part(root, "list");
    this.list.addEventListener("click", ({ target }) => this.#clicked(target.closest("button")));
    this.list.addEventListener("keydown", ({ key, target }) => key === "Escape" && this.#ask(target.closest(".here"), false));
  }

  /** @param {import("./roster.js").Roster} roster */
  draw(roster) {
    for (const [who, row] of this.#rows) {
      if (roster.people.has(who)) continue;
      row.remove();
      this.#rows.delete(who);
    }
    const hands = roster.hands;
    const order = [...hands, ...roster.seated.filter((person) => !person.hand)];
    order.forEach((person, at) => this.#drawRow(person, roster, at));
    const most = roster.limits.publishers;
    setText(part(this.root, "count"), most ? say("count-of", { count: order.length, most }) : String(order.length));
  }

  #drawRow(person, roster, at) {
    const row = this.#rows.get(person.id) ?? this.#row(person);
    if (this.list.children[at] !== row) this.list.insertBefore(row, this.list.children[at] ?? null);
    const mine = person.id === roster.me;
    setText(part(row, "name"), mine ? say("you", { name: person.name }) : person.name);
    setText(part(row, "note"), note(person));
    row.classList.toggle("gone", person.away);
    part(row, "hand").hidden = !person.hand;
    part(row, "screen").hidden = !person.media.screen;
    part(row, "camera").hidden = person.media.camera;
    part(row, "muted").hidden = person.media.microphone;
    part(row, "acts").hidden = !roster.leads || mine || person.role === "host" || !part(row, "ask").hidden;
    row.querySelector("[data-act=mute]").hidden = !person.media.microphone;
  }

  #row(person) {
    const row = copy("person");
    row.dataset.who = person.id;
    const face = part(row, "face");
    setText(face, initials(person.name));
    face.className = `face ${shade(person.name)}`;
    for (const act of ["mute", "remove"]) {
      const words = say(`${act}-person`, { name: person.name });
      setText(part(row, `${act}-words`), words);
      row.querySelector(`[data-act=${act}]`).title = words;
    }
    setText(part(row, "ask-words"), say("remove-person", { name: person.name }));
    this.#rows.set(person.id, row);
    return row;
  }

  #clicked(button) {
    const row = button?.closest(".here");
    if (!row) return;
    const { act } = button.dataset;
    if (act === "mute") this.acts.mute(row.dataset.who);
    if (act === "remove") this.#ask(row, true);
    if (act === "remove-now") this.acts.remove(row.dataset.who);
    if (act === "keep") this.#ask(row, false);
  }

  /** Removing somebody cannot be taken back: it is done with the second button. */
  #ask(row, asks) {
    if (!row || part(row, "ask").hidden === !asks) return;
    part(row, "ask").hidden = !asks;
    part(row, "acts").hidden = asks;
    row.querySelector(asks ? "[data-act=keep]" : "[data-act=remove]").focus();
  }
}

function note(person) {
  if (person.away) return say("person-away");
  return person.role === "host" || person.role === "cohost" ? say(`role-${person.role}`) : person.user ? "" : say("guest");
}
