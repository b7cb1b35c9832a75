/** The chat: what was said to all or to one, what is being sent, and how much is unread. */

import { Audience } from "./audience.js";
import { copy, part, setText } from "./markup.js";
import { clockTime, say } from "./words.js";

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;
const LONGEST = 4_000;
const NEAR = 60;
const WHY = { "too-long": "chat-too-long", gone: "chat-gone" };

/** Tells `unread` ({count}). */
export class Chat extends EventTarget {
  /** @type {Map<string, HTMLElement>} by message id, or by key while it is being sent */
  #drawn = new Map();
  /** @type {Map<string, string>} key → text of what was not heard back yet, for the field when it is refused */
  #pending = new Map();
  /** @type {string | undefined} the id of the last message that was drawn */
  #newest;
  #unread = 0;
  #open = false;

  /**
   * @param {HTMLElement} root
   * @param {{say: (text: string, to: string | null) => string, roster: () => import("./roster.js").Roster}} room
   */
  constructor(root, room) {
    super();
    Object.assign(this, { root, room });
    this.list = part(root, "list");
    this.text = part(root, "text");
    this.audience = new Audience(root);
    part(root, "form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.text.addEventListener("keydown", (event) => this.#typed(event));
    this.text.addEventListener("input", () => this.#fit());
  }

  get isOpen() {
    return this.#open;
  }

  /** @param {boolean} open */
  setOpen(open) {
    this.#open = open;
    if (!open) return;
    this.#count(0);
    this.#toEnd();
  }

  /** Write to somebody alone. @param {string} who */
  writeTo(who) {
    this.audience.choose(who);
    this.text.focus();
  }

  /** Bring the list in step with what was said, and those who may be written to with who is here. */
  draw() {
    const { messages } = this.room.roster();
    this.audience.draw(this.room.roster());
    if (messages.at(-1)?.id === this.#newest) return;
    this.#newest = messages.at(-1)?.id;
    this.#atEnd(() => messages.forEach((message) => this.#drawMessage(message)));
  }

  /** A line about the room between the messages. @param {string} words */
  happened(words) {
    this.draw();
    const line = copy("happening");
    line.textContent = words;
    this.#atEnd(() => this.list.append(line));
  }

  /** Somebody else said something. */
  noteUnread() {
    if (!this.#open) this.#count(this.#unread + 1);
  }

  /** What was said could not be taken. @param {{reason: string, key?: string, limit?: number}} error */
  refused({ reason, key, limit }) {
    const text = this.#pending.get(key);
    if (text === undefined || reason === "unavailable") return;
    this.#pending.delete(key);
    this.#drawn.get(key)?.remove();
    this.#drawn.delete(key);
    this.text.value ||= text;
    this.#complain(say(WHY[reason] ?? "chat-refused", { limit: limit ?? LONGEST }));
  }

  #drawMessage(message) {
    const pending = this.#pending.delete(message.key) ? this.#drawn.get(message.key) : undefined;
    if (pending) {
      this.#drawn.delete(message.key);
      this.#drawn.set(message.id, pending);
      pending.classList.remove("sending");
      this.#fill(pending, message);
    }
    if (!this.#drawn.has(message.id)) this.#append(message.id, message);
  }

  #append(key, message) {
    const line = copy("message");
    this.#fill(line, message);
    this.list.append(line);
    this.#drawn.set(key, line);
    return line;
  }

  #typed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #send() {
    const text = this.text.value.trim();
    const limit = this.room.roster().limits.text ?? LONGEST;
    if (!text) return;
    const to = this.audience.chosen;
    if (to !== null && !this.room.roster().people.has(to)) {
      this.#complain(say("chat-gone"));
      return;
    }
    if (text.length > limit) {
      this.#complain(say("chat-too-long", { limit }));
      return;
    }
    const { me, self } = this.room.roster();
    const key = this.room.say(text, to);
    this.#pending.set(key, text);
    this.#append(key, { who: me, name: self?.name ?? "", text, to, sent_at: new Date() }).classList.add("sending");
    this.text.value = "";
    this.#complain("");
    this.#fit();
    this.#drawEmpty();
    this.#toEnd();
  }

  #fill(line, { who, name, text, to, sent_at: at }) {
    line.classList.toggle("mine", who === this.room.roster().me);
    line.classList.toggle("private", Boolean(to));
    setText(part(line, "name"), name);
    setText(part(line, "at"), clockTime(at));
    part(line, "at").dateTime = new Date(at).toISOString();
    setText(part(line, "to-words"), to ? this.audience.words(to, this.room.roster()) : "");
    part(line, "to").hidden = !to;
    part(line, "text").replaceChildren(...linked(text));
  }

  #complain(words) {
    setText(part(this.root, "wrong"), words);
    part(this.root, "wrong").hidden = !words;
  }

  #count(count) {
    this.#unread = count;
    this.dispatchEvent(new CustomEvent("unread", { detail: { count } }));
  }

  /** Change the list, and stay at its end when one was there. Where nobody looks, nothing is measured. */
  #atEnd(change) {
    const { scrollHeight, scrollTop, clientHeight } = this.#open ? this.list : {};
    change();
    this.#drawEmpty();
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.#toEnd();
  }

  #drawEmpty() {
    part(this.root, "empty").hidden = this.list.childElementCount > 0;
  }

  #fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight + 2, 140)}px`;
  }

  #toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }
}

/** The text with its addresses as links; never as HTML. @param {string} text @returns {(string | HTMLAnchorElement)[]} */
function linked(text) {
  const parts = [];
  let from = 0;
  for (const { 0: address, index } of text.matchAll(LINK)) {
    const link = Object.assign(document.createElement("a"), { href: address, textContent: address, target: "_blank" });
    link.rel = "noopener noreferrer";
    parts.push(text.slice(from, index), link);
    from = index + address.length;
  }
  return [...parts, text.slice(from)].filter((one) => one !== "");
}
