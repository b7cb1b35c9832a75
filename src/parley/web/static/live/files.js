/** Files that people share: a line of the chat each, to be had with one's own seat. */

import { copy, part, setText } from "./markup.js";
import { clockTime, say } from "./words.js";

const HOME = "/live/v1/files";
const MEGABYTE = 1_000_000;
const UNITS = ["B", "kB", "MB", "GB"];

/** @typedef {{id: string, who: ?string, name: string, bytes: number, at: string}} SharedFile */

export class Files {
  /** @type {import("./call.js").Call | null} */
  #call = null;
  /** @type {Map<string, HTMLElement>} */
  #drawn = new Map();

  /** @param {HTMLElement} root the chat @param {import("./room.js").Room} room @param {number} limit in megabytes; 0: none are taken */
  constructor(root, room, limit) {
    Object.assign(this, { root, room, limit });
    this.list = part(root, "list");
    const [button, chosen] = [root.querySelector("[data-act=attach]"), part(root, "file")];
    button.hidden = limit === 0;
    button.addEventListener("click", () => chosen.click());
    chosen.addEventListener("change", async () => {
      for (const file of [...chosen.files]) await this.#share(file);
      chosen.value = "";
    });
    this.list.addEventListener("click", ({ target }) => this.#fetch(target.closest("[data-file]")));
  }

  /** Follow a call that was opened just now. @param {import("./call.js").Call} call */
  enter(call) {
    this.#call = call;
    for (const line of this.#drawn.values()) line.remove();
    this.#drawn.clear();
    const on = (type, act) => call.connection.addEventListener(type, ({ detail }) => act(detail), { signal: call.abort.signal });
    on("welcome", ({ room }) => this.#all(room.files ?? []));
    on("file", ({ file }) => this.#shared(file));
    on("file-deleted", ({ file }) => this.#gone(file));
    queueMicrotask(() => this.#all(call.connection.welcome?.room.files ?? []));
  }

  /** @param {SharedFile[]} files */
  #all(files) {
    requestAnimationFrame(() => files.forEach((file) => this.#draw(file))); // what was said is drawn by then
  }

  #shared(file) {
    const { roster } = this.#call;
    this.#draw(file);
    if (file.who === roster.me) return;
    const name = roster.people.get(file.who)?.name ?? "";
    this.room.chat.noteUnread();
    this.room.notices.tell(say("file-shared", { name, file: file.name }), "", "said");
  }

  #gone(id) {
    this.#drawn.get(id)?.remove();
    this.#drawn.delete(id);
  }

  /** A line between those that were said before and those after. @param {SharedFile} file */
  #draw(file) {
    if (this.#drawn.has(file.id) || !this.#call) return;
    const { roster } = this.#call;
    const line = copy("file");
    line.classList.toggle("mine", file.who === roster.me);
    setText(part(line, "name"), roster.people.get(file.who)?.name ?? "");
    setText(part(line, "at"), clockTime(file.at));
    part(line, "at").dateTime = new Date(file.at).toISOString();
    this.#fill(line, file);
    const later = [...this.list.querySelectorAll("time")].find((time) => time.dateTime > part(line, "at").dateTime);
    this.list.insertBefore(line, later?.closest("li") ?? null);
    this.#drawn.set(file.id, line);
    part(this.root, "empty").hidden = true;
    this.list.scrollTop = this.list.scrollHeight;
  }

  #fill(line, { id, name, bytes }) {
    setText(part(line, "file-name"), name);
    setText(part(line, "file-size"), sized(bytes));
    part(line, "file-card").dataset.file = id ?? "";
    part(line, "file-card").dataset.name = name;
  }

  /** @param {File} file */
  async #share(file) {
    this.#complain(part(this.root, "to")?.value ? say("file-to-all") : "");
    if (part(this.root, "to")?.value) return;
    if (file.size > this.limit * MEGABYTE) {
      this.#complain(say("file-too-large", { name: file.name, limit: this.limit }));
      return;
    }
    const { connection, roster } = this.#call;
    const line = copy("file");
    line.classList.add("mine", "sending");
    setText(part(line, "name"), roster.self?.name ?? "");
    setText(part(line, "at"), clockTime(new Date()));
    this.#fill(line, { name: file.name, bytes: file.size });
    part(line, "file-card").disabled = true;
    this.list.append(line);
    const path = `${HOME}?name=${encodeURIComponent(file.name)}`;
    const answer = await ask(path, await connection.seat, { method: "POST", body: file }).catch(() => null);
    line.remove();
    if (answer?.ok) this.#draw(await answer.json());
    else this.#complain((await answer?.json().catch(() => null))?.detail ?? say("file-failed", { name: file.name }));
  }

  /** @param {HTMLButtonElement | null} card */
  async #fetch(card) {
    if (!card?.dataset.file) return;
    card.disabled = true;
    const answer = await ask(`${HOME}/${card.dataset.file}`, await this.#call.connection.seat).catch(() => null);
    if (answer?.ok) keep(await answer.blob(), card.dataset.name);
    else this.#complain(say("file-not-there", { name: card.dataset.name }));
    card.disabled = false;
  }

  #complain(words) {
    setText(part(this.root, "wrong"), words);
    part(this.root, "wrong").hidden = !words;
  }
}

/** Let the browser save it, as if it came from an ordinary link. @param {Blob} content @param {string} name */
function keep(content, name) {
  const href = URL.createObjectURL(content);
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** @param {string} path @param {string} seat @param {RequestInit} [more] */
function ask(path, seat, more = {}) {
  return fetch(path, { ...more, headers: { Authorization: `Bearer ${seat}`, Accept: "application/json" }, credentials: "omit", cache: "no-store" });
}

/** @param {number} bytes */
function sized(bytes) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const amount = bytes / 1000 ** step;
  return `${amount.toFixed(step && amount < 10 ? 1 : 0)} ${UNITS[step]}`;
}
