/** Who is here: everybody with their signs, raised hands first; and what may be done about each of them. */

import { copy, initials, part, setText, shade } from "./markup.js";
import { say } from "./words.js";

/** What may be done about somebody: whether it is offered, by the act of its button. */
const OFFERED = {
  write: (person, roster) => person.id !== roster.me,
  pin: () => true,
  spotlight: (_person, roster) => roster.leads,
  mute: (person, roster) => mayTame(person, roster) && person.media.microphone,
  "ask-unmute": (person, roster) => roster.leads && person.id !== roster.me && !person.media.microphone && !person.away,
  cohost: (person, roster) => mayPromote(person, roster),
  "hand-over": (person, roster) => (mayPromote(person, roster) && !person.away) || mayTakeOver(person, roster),
  remove: (person, roster) => mayTame(person, roster),
};

const mayTame = (person, roster) => roster.leads && person.id !== roster.me && person.role !== "host";

/** The host gives roles, and where none is here, the co-hosts do. */
const mayPromote = (person, roster) => mayTame(person, roster) && (roster.self?.role === "host" || !isHosted(roster));

const mayTakeOver = (person, roster) => person.id === roster.me && roster.leads && !isHosted(roster);

const isHosted = (roster) => [...roster.people.values()].some(({ role }) => role === "host");

/** What cannot be taken back is asked about first: its act, and the words of the button that does it. */
const SURE = {
  remove: { act: "remove-now", words: "remove-person" },
  "hand-over": { act: "hand-over-now", words: "hand-over-person" },
};

export class People {
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();
  /** @type {string | null} whose acts are open */
  #opened = null;

  /** @param {HTMLElement} root @param {Record<string, (who: string) => void>} acts by the act of the button */
  constructor(root, acts) {
    this.root = root;
    this.acts = acts;
    this.list = part(root, "list");
    this.list.addEventListener("click", ({ target }) => this.#clicked(target.closest("button")));
    this.list.addEventListener("keydown", (event) => event.key === "Escape" && this.#back(event));
  }

  /** @param {import("./roster.js").Roster} roster @param {string | null} pinned whom this person sees large */
  draw(roster, pinned) {
    for (const [who, row] of this.#rows) {
      if (roster.people.has(who)) continue;
      row.remove();
      this.#rows.delete(who);
    }
    const hands = roster.hands;
    const order = [...hands, ...roster.seated.filter((person) => !person.hand)];
    order.forEach((person, at) => this.#drawRow(person, { roster, pinned, at }));
    const most = roster.limits.publishers;
    setText(part(this.root, "count"), most ? say("count-of", { count: order.length, most }) : String(order.length));
  }

  #drawRow(person, { roster, pinned, at }) {
    const row = this.#rows.get(person.id) ?? this.#row(person);
    if (this.list.children[at] !== row) this.list.insertBefore(row, this.list.children[at] ?? null);
    const mine = person.id === roster.me;
    setText(part(row, "name"), mine ? say("you", { name: person.name }) : person.name);
    setText(part(row, "note"), note(person, roster.leads));
    row.classList.toggle("gone", person.away);
    part(row, "hand").hidden = !person.hand;
    part(row, "screen").hidden = !person.media.screen;
    part(row, "camera").hidden = person.media.camera;
    part(row, "muted").hidden = person.media.microphone;
    setText(part(row, "pin-words"), say(pinned === person.id ? "unpin" : "pin"));
    setText(part(row, "cohost-words"), say(person.role === "cohost" ? "cohost-end" : "cohost-make"));
    setText(part(row, "spotlight-words"), say(roster.spotlight === person.id ? "spotlight-end" : "spotlight"));
    for (const [act, offered] of Object.entries(OFFERED)) {
      row.querySelector(`[data-act=${act}]`).hidden = !offered(person, roster);
    }
    part(row, "more").hidden = roster.people.size === 1;
    const open = this.#opened === person.id;
    part(row, "more").setAttribute("aria-expanded", String(open));
    part(row, "acts").hidden = !open || !part(row, "ask").hidden;
  }

  #row(person) {
    const row = copy("person");
    row.dataset.who = person.id;
    const face = part(row, "face");
    setText(face, initials(person.name));
    face.className = `face ${shade(person.name)}`;
    setText(part(row, "more-words"), say("acts-on-person", { name: person.name }));
    this.#rows.set(person.id, row);
    return row;
  }

  #clicked(button) {
    const row = button?.closest(".here");
    if (!row) return;
    const { act } = button.dataset;
    const { who } = row.dataset;
    if (act === "more") this.#open(this.#opened === who ? null : who);
    else if (act in SURE) this.#ask(row, act);
    else if (act === "keep") this.#ask(row, null);
    else this.#do(act, who);
  }

  #do(act, who) {
    this.#open(null);
    this.acts[act](who);
  }

  /** @param {string | null} who whose acts are shown; one at a time */
  #open(who) {
    this.#opened = who;
    for (const [each, row] of this.#rows) {
      part(row, "acts").hidden = each !== who;
      part(row, "ask").hidden = true;
      part(row, "more").setAttribute("aria-expanded", String(each === who));
    }
  }

  /** Escape closes what was opened last, before it closes the panel. */
  #back(event) {
    const row = event.target.closest(".here");
    if (!row || this.#opened === null) return;
    event.preventDefault();
    if (part(row, "ask").hidden) {
      this.#open(null);
      part(row, "more").focus();
    } else {
      this.#ask(row, null);
    }
  }

  /** What cannot be taken back is done with the second button. @param {HTMLElement} row @param {string | null} act */
  #ask(row, act) {
    const ask = part(row, "ask");
    const asked = ask.dataset.about;
    if (act) {
      const sure = part(row, "ask-words");
      ask.dataset.about = act;
      sure.dataset.act = SURE[act].act;
      setText(sure, say(SURE[act].words, { name: part(row, "name").textContent }));
    }
    ask.hidden = !act;
    part(row, "acts").hidden = Boolean(act);
    row.querySelector(act ? "[data-act=keep]" : `[data-act=${asked}]`).focus();
  }
}

/** Hosts are told, too, by whose personal link somebody came, and when one link is open on two devices. */
function note(person, leads) {
  if (person.away) return say("person-away");
  const told = [];
  if (person.role === "host" || person.role === "cohost") told.push(say(`role-${person.role}`));
  else if (!person.user) told.push(say(person.invited ? "invited" : "guest"));
  if (leads && person.link_of) told.push(say("by-link-of", { name: person.link_of }));
  if (leads && person.link_shared) told.push(say("link-shared"));
  return told.join(" · ");
}
