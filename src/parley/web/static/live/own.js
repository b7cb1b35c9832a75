/** What this person gives: microphone, camera and screen, switched with words when that does not work. */

import { Screen } from "./screen.js";
import { troubleWords } from "./trouble.js";
import { say } from "./words.js";

export class Own {
  /** @type {MediaStream | null} */
  #picture = null;
  /** Whether the camera was on when it was put aside. */
  #hadCamera = false;

  /** @param {import("./devices.js").Devices} devices @param {import("./notices.js").Notices} notices */
  constructor(devices, notices) {
    Object.assign(this, { devices, notices });
  }

  /** The own camera, to be shown to oneself. */
  get picture() {
    const { camera } = this.devices.tracks;
    if (this.#picture?.getVideoTracks()[0] !== camera) this.#picture = camera && new MediaStream([camera]);
    return this.#picture;
  }

  /** @param {"microphone" | "camera"} kind */
  async switch(kind) {
    await this.devices.set(kind, !this.devices.isOn(kind));
    const trouble = this.devices.choices[kind].on && this.devices.troubles[kind];
    if (!trouble) return;
    const { title, mend } = troubleWords(trouble, kind);
    this.notices.tell(`${title} ${mend}`, "warn");
  }

  /** Speak for as long as a key is held. @param {boolean} on @returns {boolean} whether that makes a difference */
  talk(on) {
    if (this.devices.isOn("microphone") === on) return false;
    this.switch("microphone");
    return true;
  }

  /** Put the camera aside for a while, or take it up again if it was on before. @param {boolean} aside */
  async setCameraAside(aside) {
    if (aside) this.#hadCamera = this.devices.isOn("camera");
    if (this.#hadCamera) await this.devices.set("camera", !aside);
  }

  /** Share a screen, or stop. @param {Screen} screen */
  async share(screen) {
    if (!Screen.possible) return;
    if (screen.on) screen.stop();
    else if ((await screen.start()) === "failed") this.notices.tell(say("share-failed"), "warn");
  }
}
