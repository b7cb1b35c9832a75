/** The room on the page: draws a call, and turns what people press into what the call does. */

import { stayAwake } from "./awake.js";
import { Bar } from "./bar.js";
import { Chat } from "./chat.js";
import { Level } from "./level.js";
import { part, setText } from "./markup.js";
import { Notices } from "./notices.js";
import { People } from "./people.js";
import { offerDevices } from "./picker.js";
import { Lines, Speakers } from "./quality.js";
import { Screen } from "./screen.js";
import { Side } from "./side.js";
import { Sound } from "./sound.js";
import { Tiles } from "./tiles.js";
import { troubleWords } from "./trouble.js";
import { elapsed, say } from "./words.js";

const LISTEN_EVERY = 250;
const LOOK_EVERY = 3_000;
const PATIENCE = 1_500;
const LOUD = 0.42;
const WRITTEN_DOWN = new Set(["joined", "left", "dropped", "removed"]);

/** Tells `closed` ({reason, error, session}) when this person is out, for whatever reason. */
export class Room extends EventTarget {
  sound = new Sound();
  /** @type {Call | null} */
  call = null;
  #level = new Level();
  #speakers = new Speakers();
  #lines = new Lines();
  #speaking = new Set();
  #weak = new Set();
  #timers = [];
  #drawing = false;
  #entering = false;
  /** Whether somebody else was here since this person came. */
  #met = false;
  #title = document.title;

  /** @param {HTMLElement} root @param {import("./devices.js").Devices} devices */
  constructor(root, devices) {
    super();
    Object.assign(this, { root, devices });
    this.notices = new Notices(part(root, "notices"), part(root, "announcer"));
    this.tiles = new Tiles(part(root, "tiles"));
    this.side = new Side(part(root, "side"));
    this.bar = new Bar(root.querySelector(".room-bar"), this.#acts());
    this.people = new People(root.querySelector("#people"), {
      mute: (who) => this.call.mute(who),
      "remove-now": (who) => this.call.remove(who),
      write: (who) => this.#writeTo(who),
      spotlight: (who) => this.call.spotlight(who === this.call.roster.spotlight ? null : who),
    });
    this.chat = new Chat(root.querySelector("#chat"), {
      say: (text, to) => this.call.say(text, to),
      roster: () => this.call.roster,
    });
    offerDevices(part(root, "devices"), devices);
    this.#listen();
  }

  /** Show a call that was opened just now. @param {import("./call.js").Call} call */
  enter(call) {
    this.call = call;
    const on = (type, act) => call.addEventListener(type, ({ detail }) => act(detail));
    on("change", () => this.#drawSoon());
    on("news", (news) => this.#report(news));
    on("track", (arrived) => this.#show(arrived));
    on("gone", ({ who }) => this.#forget(who));
    on("muted", ({ name }) => this.notices.tell(say(name ? "muted-by" : "muted-by-nobody", { name }), "warn"));
    on("refused", (error) => this.#refused(error));
    on("line", ({ state }) => this.#line(state));
    on("closed", (end) => this.#closed(end));
    call.screen.addEventListener("change", () => this.#sharing());
    this.root.hidden = false;
    this.#entering = true;
    this.#met = false;
    this.#timers = [
      setInterval(() => this.#listenToSpeakers(), LISTEN_EVERY),
      setInterval(() => this.#lookAtLines(), LOOK_EVERY),
      setInterval(() => this.#tick(), 1_000),
      setTimeout(() => this.call?.connected || this.#line("connecting"), PATIENCE),
    ];
    stayAwake(call.abort.signal);
  }

  #listen() {
    this.sound.addEventListener("blocked", ({ detail }) => this.#blocked(detail.blocked));
    this.chat.addEventListener("unread", ({ detail }) => this.#unread(detail.count));
    this.side.addEventListener("change", ({ detail: { panel } }) => {
      this.bar.opened(panel);
      this.root.classList.toggle("with-side", panel !== null);
      this.chat.setOpen(panel === "chat");
      if (panel === "chat") this.notices.hideAbout("said");
      this.#drawSoon();
    });
    this.devices.addEventListener("change", () => this.sound.use(this.devices.choices.speaker.id));
    const dialog = this.root.querySelector("#devices");
    this.root.querySelector(".room-more [data-act=devices]").addEventListener("click", () => dialog.showModal());
    const menu = this.root.querySelector("#leave-menu");
    menu.querySelector("[data-act=leave-only]").addEventListener("click", () => this.call.leave());
    menu.querySelector("[data-act=end]").addEventListener("click", () => this.call.endForAll());
  }

  #acts() {
    return {
      microphone: () => this.#switch("microphone"),
      camera: () => this.#switch("camera"),
      share: () => this.#share(),
      hand: () => this.call.raiseHand(),
      people: () => this.side.toggle("people", this.bar.control("people")),
      chat: () => this.side.toggle("chat", this.bar.control("chat")),
      leave: () => this.#leave(),
    };
  }

  async #switch(kind) {
    await this.devices.set(kind, !this.devices.isOn(kind));
    const trouble = this.devices.choices[kind].on && this.devices.troubles[kind];
    if (!trouble) return;
    const { title, mend } = troubleWords(trouble, kind);
    this.notices.tell(`${title} ${mend}`, "warn");
  }

  async #share() {
    if (this.call.screen.on) this.call.screen.stop();
    else if ((await this.call.screen.start()) === "failed") this.notices.tell(say("share-failed"), "warn");
  }

  #sharing() {
    if (!this.call.screen.on) this.notices.hide("sharing");
    else this.notices.show("sharing", { words: say("sharing"), kind: "ok", act: { words: say("stop-sharing"), run: () => this.call.screen.stop() } });
  }

  #leave() {
    if (!this.call.roster.leads) {
      this.call.leave();
      return;
    }
    const menu = this.root.querySelector("#leave-menu");
    const { right, top } = this.bar.control("leave").getBoundingClientRect();
    menu.style.right = `${Math.max(8, innerWidth - right)}px`;
    menu.style.bottom = `${innerHeight - top + 8}px`;
    menu.togglePopover();
  }

  #show({ who, role, track }) {
    if (track.kind === "audio") this.sound.play(who, role, track);
    else this.tiles.show(who, role, new MediaStream([track]));
  }

  #forget(who) {
    this.sound.drop(who);
    this.tiles.forget(who);
  }

  #report({ what, who, name, to }) {
    const words = say(`news-${what}`, { name });
    if (what === "said") this.#said(who, name, to);
    else this.notices.announce(words);
    if (WRITTEN_DOWN.has(what)) this.chat.happened(words);
  }

  #said(who, name, to) {
    if (who === this.call.roster.me) return;
    this.chat.noteUnread();
    const { text } = this.call.roster.messages.at(-1);
    const words = say(to ? "news-said-to-you" : "news-said", { name, text });
    if (this.chat.isOpen) this.notices.announce(words);
    else this.notices.tell(words, "", "said");
  }

  #writeTo(who) {
    if (!this.chat.isOpen) this.side.toggle("chat", this.bar.control("people"));
    this.chat.writeTo(who);
  }

  #refused(error) {
    if (error.key) this.chat.refused(error);
    else if (error.reason === "not-allowed") this.notices.tell(say("not-allowed"), "warn");
  }

  #line(state) {
    if (state === "lost") this.notices.show("line", { words: say("line-lost"), kind: "warn" });
    if (state === "connecting" && !this.call.roster.me) this.notices.show("connecting", { words: say("line-connecting") });
    if (state !== "open") return;
    this.notices.hide("connecting");
    if (this.notices.hide("line")) this.notices.announce(say("line-back"));
    this.#drawSoon();
  }

  #blocked(blocked) {
    if (!blocked) this.notices.hide("sound");
    else this.notices.show("sound", { words: say("sound-blocked"), kind: "warn", act: { words: say("sound-play"), run: () => this.sound.resume() } });
  }

  #unread(count) {
    this.bar.count("chat", count, say("unread", { count }));
    document.title = count ? `(${count}) ${this.#title}` : this.#title;
  }

  #listenToSpeakers() {
    const { roster, mesh } = this.call;
    this.#level.attach(this.devices.tracks.microphone);
    const self = { who: roster.me, loud: this.#level.value > LOUD };
    const speaking = this.#speakers.listen(mesh.peers, self, performance.now());
    if ([...speaking].join() !== [...this.#speaking].join()) this.#drawSoon();
    this.#speaking = speaking;
  }

  async #lookAtLines() {
    this.#weak = await this.#lines.weak(this.call.mesh.peers);
    this.#drawSoon();
  }

  #tick() {
    const { started_at: since } = this.call.roster.room;
    if (since) setText(part(this.root, "elapsed"), elapsed(Date.now() + this.call.ahead - Date.parse(since)));
  }

  /** However much happens in one moment, it is drawn once. */
  #drawSoon() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      if (this.call) this.#draw();
    });
  }

  #draw() {
    const { roster, links, screen } = this.call;
    if (!roster.me) return;
    this.tiles.show(roster.me, "face", this.#ownPicture());
    this.tiles.draw({ roster, links, speaking: this.#speaking, weak: this.#weak, connected: this.call.connected });
    if (this.side.panel === "people") this.people.draw(roster);
    this.chat.draw();
    this.bar.draw({ ...this.call.media, screen: screen.on, hand: Boolean(roster.self?.hand), possible: { share: Screen.possible } });
    this.bar.count("people", roster.people.size, say("here", { count: roster.people.size }));
    setText(part(this.root, "title"), roster.room.title);
    this.#drawHands(roster.hands.filter((person) => person.id !== roster.me).length);
    this.#drawAlone(roster.people.size === 1);
    if (this.#entering) setTimeout(() => this.root.querySelector("h1").focus()); // where layout is done, focus is cheap
    this.#entering = false;
  }

  /** The hands of the others; one's own is shown by the control that raised it. */
  #drawHands(count) {
    setText(part(this.root, "hands-words"), say("hands", { count }));
    part(this.root, "hands").hidden = count === 0;
  }

  #drawAlone(alone) {
    this.#met ||= !alone;
    setText(part(this.root, "alone-words"), say(this.#met ? "alone-now" : "alone-yet"));
    part(this.root, "alone").hidden = !alone;
  }

  #own = null;

  #ownPicture() {
    const { camera } = this.devices.tracks;
    if (this.#own?.getVideoTracks()[0] !== camera) this.#own = camera && new MediaStream([camera]);
    return this.#own;
  }

  #closed({ reason, error }) {
    this.#timers.forEach(clearInterval);
    const { session } = this.call.roster.room;
    this.call = null;
    this.sound.close();
    this.tiles.clear();
    this.notices.clear();
    this.side.close();
    this.#level.attach(null);
    this.#unread(0);
    this.root.hidden = true;
    this.dispatchEvent(new CustomEvent("closed", { detail: { reason, error, session: session ?? null } }));
  }
}
