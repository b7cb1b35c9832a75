/** A small window that stays above others while this page is behind them: whoever is large here, and the own microphone. */

import { copy, part, setIcon, setText } from "./markup.js";
import { say } from "./words.js";

const SIZE = { width: 360, height: 240 };

/**
 * Where a browser has document windows, the small window has controls; where it has picture in picture for videos only,
 * it is that of the largest tile. Tells `change` when it opens or closes.
 */
export class Float extends EventTarget {
  /** @type {Window | null} */
  #window = null;

  /** @param {{tiles: import("./tiles.js").Tiles, run: (act: string) => void}} room */
  constructor(room) {
    super();
    this.room = room;
    document.addEventListener("enterpictureinpicture", () => this.#tell());
    document.addEventListener("leavepictureinpicture", () => this.#tell());
  }

  static get possible() {
    return "documentPictureInPicture" in window || Boolean(document.pictureInPictureEnabled);
  }

  get isOpen() {
    return this.#window !== null || Boolean(document.pictureInPictureElement);
  }

  /** Open it, or close it. It needs a gesture. @returns {Promise<boolean>} false when the browser would not */
  async toggle() {
    if (this.isOpen) {
      this.close();
      return true;
    }
    try {
      if ("documentPictureInPicture" in window) await this.#open();
      else await this.room.tiles.video(this.room.tiles.largest).requestPictureInPicture();
    } catch {
      return false;
    }
    return true;
  }

  close() {
    this.#window?.close();
    if (document.pictureInPictureElement) document.exitPictureInPicture();
  }

  /** @param {import("./roster.js").Roster} roster @param {boolean} microphone whether it is on */
  draw(roster, microphone) {
    if (!this.#window) return;
    const root = this.#window.document.body;
    const { largest } = this.room.tiles;
    const shown = this.room.tiles.video(largest);
    const picture = part(root, "picture");
    if (picture.srcObject !== (shown?.srcObject ?? null)) picture.srcObject = shown?.srcObject ?? null;
    picture.hidden = !shown;
    setText(part(root, "name"), roster.people.get(largest?.replace("screen ", ""))?.name ?? roster.room.title);
    const button = root.querySelector("[data-do=microphone]");
    setIcon(button, microphone ? "mic-fill" : "mic-mute-fill");
    setText(part(button, "words"), say(microphone ? "mute" : "unmute"));
    button.classList.toggle("off", !microphone);
  }

  async #open() {
    const opened = await window.documentPictureInPicture.requestWindow(SIZE);
    const { head, body, documentElement } = opened.document;
    for (const sheet of document.querySelectorAll("link[rel=stylesheet]")) head.append(sheet.cloneNode());
    documentElement.lang = document.documentElement.lang;
    documentElement.dataset.bsTheme = "dark";
    opened.document.title = document.title;
    body.append(copy("float"));
    body.addEventListener("click", ({ target }) => {
      const act = target.closest("[data-do]")?.dataset.do;
      if (act === "back") this.close();
      else if (act) this.room.run(act);
    });
    opened.addEventListener("pagehide", () => this.#closed());
    this.#window = opened;
    this.#tell();
  }

  #closed() {
    this.#window = null;
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
