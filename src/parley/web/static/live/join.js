/** The way in: ask for a seat with a name and perhaps a password, say what is wrong, wait until the meeting starts. */

import { part, setText } from "./markup.js";
import { deviceName, guestName, keepGuestName } from "./remembered.js";
import { Standing } from "./standing.js";
import { say } from "./words.js";

const LOOK_EVERY = 2_000;

/**
 * Ask for a seat. Throws `Refused` when the server says no, `TypeError` when it cannot be reached.
 * @param {{path: string, csrf: string}} meeting where to ask, and the token against forged requests
 * @param {{name: string, password: string, start: boolean, device: string}} visitor
 * @returns {Promise<string>} the secret of the seat
 */
export async function askForSeat(meeting, visitor) {
  const answer = await fetch(meeting.path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": meeting.csrf },
    body: JSON.stringify(visitor),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(told);
  return told.seat;
}

/** The server's no: a problem document, perhaps with fields. */
export class Refused extends Error {
  /** @param {{type?: string, detail?: string, errors?: {field: string, detail: string}[]}} problem */
  constructor(problem) {
    super(problem.detail ?? "");
    this.notLive = problem.type === "urn:parley:problem:not-live";
    this.fields = Object.fromEntries((problem.errors ?? []).map(({ field, detail }) => [field, detail]));
  }
}

/** Tells `asking` ({seat}: a promise) when a seat is asked for, and `admitted` ({seat}) when there is one. */
export class JoinForm extends EventTarget {
  #timer = 0;
  #busy = false;
  /** The seat of who left, with the name that they had: who comes back is the same person. @type {{seat: string, name: string} | null} */
  #left = null;

  /** @param {{form: HTMLFormElement, waiting: HTMLElement, standing: HTMLElement}} parts @param {object} meeting the page's facts about it */
  constructor({ form, waiting, standing }, meeting) {
    super();
    Object.assign(this, { form, waiting, meeting, standing: new Standing(standing, meeting) });
    const { name } = form.elements;
    if (name && !name.value) name.value = guestName();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    form.addEventListener("input", ({ target }) => this.#right(target.name));
    waiting.querySelector("[data-act=back]").addEventListener("click", () => {
      this.dispatchEvent(new Event("back"));
      this.open();
    });
    document.addEventListener("visibilitychange", () => document.hidden || this.form.hidden || this.look());
  }

  get visitor() {
    const { name, password } = this.form.elements;
    const device = this.meeting.personal ? deviceName() : "";
    return { name: name?.value.trim() ?? "", password: password?.value ?? "", start: this.standing.starts, device };
  }

  /** Show the form, ready to be filled in. @param {string} [refusal] why one stands here again */
  open(refusal = "") {
    clearTimeout(this.#timer);
    if (this.standing.stage === "cancelled") {
      this.#wait();
      return;
    }
    this.waiting.hidden = true;
    this.form.hidden = false;
    this.#setBusy(false);
    this.#refuse(refusal);
    const empty = [...this.form.querySelectorAll("input")].find((field) => !field.value);
    (empty ?? part(this.form, "enter")).focus({ preventScroll: true });
  }

  /** Wait before the room until a host lets one in. @param {{hosts: boolean, locked: boolean}} door */
  waitForHost({ hosts, locked }) {
    clearTimeout(this.#timer);
    this.#showWaiting(say(locked ? "lobby-locked" : "lobby-waiting"), say(hosts ? "lobby-waiting-words" : "lobby-waiting-alone"));
  }

  /** Show where the meeting stands now: it may have changed since the page was loaded. */
  async look() {
    await this.standing.look();
    setText(part(this.form, "enter-words"), say(this.standing.starts ? "start-and-join" : "join"));
    if (this.standing.stage === "cancelled" && !this.form.hidden) this.#wait();
  }

  /** Ask to be let in. */
  async ask() {
    if (this.#busy || !this.#check()) return;
    this.#refuse("");
    if (this.standing.stage !== "live" && !this.standing.starts && !this.meeting.asks_password) {
      this.#wait(0);
      return;
    }
    const asked = this.#seatAgain() ?? askForSeat(this.meeting, this.visitor);
    this.dispatchEvent(new CustomEvent("asking", { detail: { seat: asked } }));
    this.#setBusy(true);
    try {
      const seat = await asked;
      this.#setBusy(false);
      if (this.meeting.asks_name) keepGuestName(this.visitor.name);
      this.dispatchEvent(new CustomEvent("admitted", { detail: { seat } }));
    } catch (error) {
      if (error instanceof Refused && error.notLive) await this.#late();
      else this.#refused(error);
    }
  }

  /** Remember the seat of who leaves; the next to ask under the same name comes back to it. @param {string | null} seat */
  keepSeat(seat) {
    this.#left = seat && { seat, name: this.visitor.name };
  }

  /** @returns {Promise<string> | null} */
  #seatAgain() {
    const left = this.#left;
    this.#left = null;
    return left?.name === this.visitor.name && this.standing.stage === "live" ? Promise.resolve(left.seat) : null;
  }

  /** Whether everything that is asked for is filled in. */
  get complete() {
    return [...this.form.querySelectorAll("input[required]")].every((field) => field.value.trim());
  }

  #check() {
    const missing = [...this.form.querySelectorAll("input[required]")].filter((field) => !field.value.trim());
    for (const field of missing) this.#wrong(field.name, say(`${field.name}-missing`));
    missing[0]?.focus();
    return missing.length === 0;
  }

  #refused(error) {
    this.open(error instanceof Refused && Object.keys(error.fields).length ? "" : this.#words(error));
    if (!(error instanceof Refused)) return;
    for (const [field, detail] of Object.entries(error.fields)) {
      if (this.form.elements[field]) this.#wrong(field, detail);
      else this.#refuse(detail);
    }
    const [first] = Object.keys(error.fields);
    this.form.elements[first]?.focus();
    this.form.elements[first]?.select();
  }

  #words(error) {
    if (error instanceof Refused) return error.message || say("join-failed");
    return say("join-unreachable");
  }

  /** The meeting is not live, or not any more; a password that it asks for was right. */
  async #late() {
    await this.look();
    if (this.standing.starts) this.open();
    else this.#wait();
  }

  /** The meeting is not live: look again until it is. @param {number} [pause] */
  #wait(pause = LOOK_EVERY * (0.8 + Math.random() * 0.4)) {
    const { why, ended } = this.standing;
    this.waiting.classList.toggle("in-vain", why === "cancelled");
    this.#showWaiting(say(`waiting-${why}`), `${ended} ${say(`waiting-${why}-words`)}`.trim());
    if (why !== "cancelled") this.#timer = setTimeout(() => this.#lookAgain(), pause);
  }

  /** @param {string} title @param {string} words */
  #showWaiting(title, words) {
    const first = this.waiting.hidden;
    setText(part(this.waiting, "title"), title);
    setText(part(this.waiting, "words"), words);
    this.form.hidden = true;
    this.waiting.hidden = false;
    this.#setBusy(false);
    if (first) this.waiting.querySelector("h2").focus({ preventScroll: true });
  }

  async #lookAgain() {
    await this.standing.look();
    if (this.waiting.hidden) return;
    if (this.standing.stage === "live") await this.ask();
    else this.#wait();
  }

  #setBusy(busy) {
    this.#busy = busy;
    const button = part(this.form, "enter");
    button.setAttribute("aria-disabled", String(busy));
    button.classList.toggle("busy", busy);
  }

  #refuse(words) {
    setText(part(this.form, "refused-words"), words);
    part(this.form, "refused").hidden = !words;
  }

  #wrong(name, words) {
    const field = this.form.elements[name];
    field.classList.add("is-invalid");
    field.setAttribute("aria-invalid", "true");
    const box = part(this.form, `${name}-wrong`);
    setText(part(box, "words"), words);
    box.hidden = false;
  }

  #right(name) {
    const field = this.form.elements[name];
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
    part(this.form, `${name}-wrong`).hidden = true;
  }
}
