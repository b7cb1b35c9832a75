/** Keeps an eye on a call while it lasts: who speaks, how the lines are, and how much is sent over them. */

import { Level } from "./level.js";
import { Lines } from "./lines.js";
import { Pace } from "./pace.js";
import { Speakers } from "./speaker.js";

const LISTEN_EVERY = 250;
const LOOK_EVERY = 3_000;
const LOUD = 0.42;

/** Tells `change` when something is to be drawn anew, and `slower` ([{who, step}]) when less is sent to some from now on. */
export class Watch extends EventTarget {
  /** @type {Set<string>} */
  speaking = new Set();
  lines = new Lines();
  pace = new Pace();
  #level = new Level();
  #speakers = new Speakers();
  #timers = [];

  /** @param {import("./call.js").Call} call @param {import("./view.js").View} view */
  start(call, view) {
    Object.assign(this, { call, view });
    this.#timers = [setInterval(() => this.#listen(), LISTEN_EVERY), setInterval(() => this.#look(), LOOK_EVERY)];
  }

  stop() {
    this.#timers.forEach(clearInterval);
    this.#level.attach(null);
    this.call = null;
  }

  #listen() {
    const { roster, mesh, devices } = this.call;
    this.#level.attach(devices.tracks.microphone);
    const self = { who: roster.me, loud: this.#level.value > LOUD };
    const now = performance.now();
    const speaking = this.#speakers.listen(mesh.peers, self, now);
    const same = [...speaking].join() === [...this.speaking].join();
    this.speaking = speaking;
    const audible = new Set([...speaking].filter((who) => roster.people.get(who)?.media.microphone));
    if (this.view.listen(audible, roster.me, now) || !same) this.#tell("change");
  }

  async #look() {
    const { mesh } = this.call;
    await this.lines.look(mesh.peers);
    if (this.call?.mesh !== mesh) return;
    const slower = this.pace.follow(mesh.peers, this.lines);
    if (slower.length > 0) this.#tell("slower", slower);
    this.#tell("change");
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
