/** Recording, as people in the room see it: who may begins and ends one, and everybody is told and asked. */

import { Composer } from "./composer.js";
import { part, setIcon, setText } from "./markup.js";
import { Recorder } from "./recorder.js";
import { agreedHere, recordedHere, rememberAgreed, rememberRecorded } from "./remembered.js";
import { Shelf } from "./shelf.js";
import { Uploader, answerTo } from "./uploader.js";
import { say } from "./words.js";

/** A recording that goes on with another file (its host's page was loaded again) is the same to who agreed. */
const SAME_WITHIN = 60_000;
const FLEETING = 8_000;
const MARKS = { joined: "joined", left: "left", dropped: "left", removed: "left", sharing: "sharing" };
const OWN = [["face", "microphone"], ["face", "camera"], ["screen", "screen"], ["screen", "sound"]];

export class Recording {
  /** @type {import("./call.js").Call | null} */
  #call = null;
  /** @type {Promise<string>} */
  #seat = Promise.resolve("");
  /** @type {{id: string, who: ?string, since: string} | null} what goes on, whoever records */
  #now = null;
  /** @type {Map<string, [string, "face" | "screen", MediaStreamTrack]>} what comes from the others */
  #arrived = new Map();
  /** @type {{composer: Composer, recorder: Recorder} | null} */
  #mine = null;
  #busy = false;

  /** @param {HTMLElement} root @param {import("./room.js").Room} room @param {import("./devices.js").Devices} devices @param {string} number */
  constructor(root, room, devices, number) {
    Object.assign(this, { root, room, devices, number });
    this.shelf = new Shelf();
    this.uploader = new Uploader(this.shelf);
    this.button = root.querySelector("[data-act=record]");
    this.ask = part(root, "recorded");
    this.button.addEventListener("click", () => (this.#mine ? this.stop() : this.start()));
    this.ask.querySelector("[data-act=agree]").addEventListener("click", () => this.#agree());
    this.ask.querySelector("[data-act=disagree]").addEventListener("click", () => this.#call?.leave());
    this.uploader.addEventListener("progress", ({ detail }) => this.#progress(detail));
    this.uploader.addEventListener("settled", ({ detail }) => this.#settled(detail));
    devices.addEventListener("change", () => this.#own());
    addEventListener("beforeunload", (event) => this.#mine && event.preventDefault());
    this.uploader.resume();
  }

  /** Follow a call that was opened just now. @param {import("./call.js").Call} call */
  enter(call) {
    this.#call = call;
    this.#seat = Promise.resolve(call.connection.seat);
    this.#arrived.clear();
    const { signal } = call.abort;
    const on = (source, type, act) => source.addEventListener(type, ({ detail }) => act(detail), { signal });
    on(call.connection, "welcome", ({ room }) => this.#changed(room.recording ?? null));
    on(call.connection, "recording", ({ recording }) => this.#changed(recording));
    on(call, "track", (arrived) => this.#track(arrived));
    on(call, "gone", ({ who }) => this.#gone(who));
    on(call, "news", ({ what, who }) => MARKS[what] && this.#mine?.recorder.mark(MARKS[what], who));
    on(call, "change", () => this.#draw());
    on(call.screen, "change", () => this.#own());
    const { welcome } = call.connection;
    if (welcome) queueMicrotask(() => this.#call === call && this.#changed(welcome.room.recording ?? null)); // the roster comes first
  }

  /** The room is left: what was recorded is complete. */
  async leave() {
    const { connection } = this.#call ?? {};
    this.#call = null;
    this.#now = null;
    this.ask.hidden = true;
    if (connection) await this.stop();
  }

  async start() {
    if (this.#busy || this.#mine || !this.#call) return;
    this.#busy = true;
    const composer = new Composer(() => this.#call?.roster ?? this.#last);
    const recorder = new Recorder(this.shelf, this.uploader);
    for (const [who, role, track] of this.#arrived.values()) composer.add(who, role, track);
    this.#addOwn(composer);
    composer.addEventListener("silent", ({ detail: { silent } }) => this.#silent(silent, composer));
    composer.addEventListener("speaking", ({ detail: { who } }) => recorder.mark("speaking", who));
    this.#last = this.#call.roster;
    try {
      await recorder.start(await this.#seat, composer.stream);
      this.#mine = { composer, recorder };
      this.room.view.records = true;
      composer.hear();
      rememberRecorded(this.number, true);
    } catch (error) {
      composer.close();
      this.room.notices.tell(error.message || say("recording-failed-to-start"), "warn");
    }
    this.#busy = false;
    this.#draw();
  }

  /** A browser lets a page listen in only after somebody touched it: after a reload, nobody has yet. */
  #silent(silent, composer) {
    if (!silent || this.#mine?.composer !== composer) this.room.notices.hide("recording-silent");
    else this.room.notices.show("recording-silent", { words: say("recording-silent"), kind: "warn", act: { words: say("recording-hear"), run: () => composer.hear() } });
  }

  async stop() {
    const mine = this.#mine;
    if (!mine) return;
    this.#mine = null;
    this.room.view.records = false;
    rememberRecorded(this.number, false);
    await mine.recorder.stop();
    mine.composer.close();
    this.#silent(false, mine.composer);
    this.#say(say("recording-sending"));
    this.#draw();
  }

  /** @type {import("./roster.js").Roster} who was here last, while the last frames are drawn */
  #last;

  #changed(recording) {
    const before = this.#now;
    this.#now = recording;
    if (recording?.id !== before?.id) this.#tell(before);
    this.#goOn();
    this.#draw();
  }

  /** Where this page was loaded again while it recorded: go on. */
  #goOn() {
    const { leads, me } = this.#call.roster;
    const free = this.#now === null || this.#now.who === me;
    if (this.#mine || this.#busy || !recordedHere(this.number)) return;
    rememberRecorded(this.number, false);
    if (free && leads && Recorder.possible) this.start();
  }

  /** Say to everybody what is the case now, and write down that it was said. */
  #tell(before) {
    const { roster } = this.#call;
    if (!this.#now) {
      this.ask.hidden = true;
      const agreed = agreedHere(this.number);
      if (agreed) rememberAgreed(this.number, { ...agreed, until: Date.now() + SAME_WITHIN });
      if (before && before.who !== roster.me) this.room.notices.tell(say("recording-stopped"));
      return;
    }
    const { id, who } = this.#now;
    if (who === roster.me) return;
    const agreed = agreedHere(this.number);
    const known = agreed !== null && agreed.who === who && (agreed.until === null || Date.now() < agreed.until);
    if (known) rememberAgreed(this.number, { who, until: null });
    this.#answer(id, known);
    if (known) return;
    setText(part(this.ask, "words"), say("recording-asks", { name: roster.people.get(who)?.name ?? roster.room.host }));
    this.ask.hidden = false;
    this.room.notices.announce(say("recording-announced"));
    chime();
  }

  async #agree() {
    const { id, who } = this.#now ?? {};
    if (!id) return;
    rememberAgreed(this.number, { who, until: null });
    this.ask.hidden = true;
    if (!(await this.#answer(id, true)) && this.#now?.id === id) this.ask.hidden = false;
  }

  /** @param {string} id @param {boolean} agreed @returns {Promise<boolean>} whether the record has it */
  async #answer(id, agreed) {
    const told = await answerTo(await this.#seat, id, agreed).catch(() => null);
    return told?.ok ?? false;
  }

  #track({ who, role, track }) {
    this.#arrived.set(`${who} ${role} ${track.kind}`, [who, role, track]);
    this.#mine?.composer.add(who, role, track);
  }

  #gone(who) {
    for (const key of [...this.#arrived.keys()]) if (key.startsWith(`${who} `)) this.#arrived.delete(key);
    this.#mine?.composer.forget(who);
  }

  /** What this person sends is recorded, too. */
  #own() {
    if (!this.#mine || !this.#call) return;
    const { roster, screen } = this.#call;
    this.#addOwn(this.#mine.composer);
    if (screen.on && !this.#sharing) this.#mine.recorder.mark("sharing", roster.me);
    this.#sharing = screen.on;
  }

  #addOwn(composer) {
    const { roster, screen } = this.#call;
    const tracks = { ...this.devices.tracks, ...screen.tracks };
    for (const [role, source] of OWN) {
      const kind = source === "microphone" || source === "sound" ? "audio" : "video";
      if (tracks[source]) composer.add(roster.me, role, tracks[source]);
      else composer.remove(roster.me, role, kind);
    }
  }

  #sharing = false;

  #draw() {
    if (!this.#call) return;
    const mine = this.#mine !== null;
    part(this.root, "recording").hidden = this.#now === null && !mine;
    this.button.hidden = !mine && (!this.#call.roster.leads || !Recorder.possible || this.#now !== null);
    setText(part(this.button, "words"), say(mine ? "recording-stop" : "recording-start"));
    setIcon(this.button, mine ? "stop-circle" : "record-circle");
  }

  #progress({ left, trouble }) {
    const words = { full: "recording-full", away: "recording-away" }[trouble];
    if (words) this.#say(say(words), "warn");
    else if (this.#mine) this.#say("");
    else this.#say(say("recording-left", { count: left }));
  }

  #settled({ state }) {
    if (state === "verifying" || state === "uploading") this.#say(say("recording-verifying"));
    else this.#say(say(state === "ready" ? "recording-ready" : "recording-failed"), state === "ready" ? "ok" : "warn", FLEETING);
  }

  /** How the own recording fares: over the stage, and after the room. @param {string} words @param {"" | "ok" | "warn"} [kind] @param {number} [time] */
  #say(words, kind = "", time = 0) {
    clearTimeout(this.#fades);
    const closing = document.getElementById("closing");
    setText(part(closing, "recording-words"), words);
    part(closing, "recording").hidden = !words;
    if (!words || !this.#call) this.room.notices.hide("recording");
    else this.room.notices.show("recording", { words, kind, quiet: kind === "" });
    if (time) this.#fades = setTimeout(() => this.room.notices.hide("recording"), time);
  }

  #fades = 0;
}

/** Two quiet tones, for those who do not look. A browser that lets no page be heard unasked stays silent. */
function chime() {
  if (!navigator.userActivation?.hasBeenActive) return;
  const sound = new AudioContext();
  const loudness = new GainNode(sound, { gain: 0.06 });
  loudness.connect(sound.destination);
  [660, 880].forEach((frequency, at) => {
    const tone = new OscillatorNode(sound, { frequency });
    tone.connect(loudness);
    tone.start(sound.currentTime + at * 0.18);
    tone.stop(sound.currentTime + at * 0.18 + 0.14);
    if (at) tone.onended = () => sound.close();
  });
}
