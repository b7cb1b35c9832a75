/** The room on the page: draws a call, and turns what people press into what the call does. */

import { stayAwake } from "./awake.js";
import { Bar } from "./bar.js";
import { Chat } from "./chat.js";
import { Hosting } from "./hosting.js";
import { Connections } from "./connections.js";
import { Float } from "./float.js";
import { part, setText } from "./markup.js";
import { Menu } from "./menu.js";
import { Notices } from "./notices.js";
import { Own } from "./own.js";
import { SOUND_ALONE } from "./pace.js";
import { People } from "./people.js";
import { offerDevices } from "./picker.js";
import { offerReactions, signOf, wordFor } from "./reactions.js";
import { Screen } from "./screen.js";
import { Shortcuts } from "./shortcuts.js";
import { Side } from "./side.js";
import { Sound } from "./sound.js";
import { Telling } from "./telling.js";
import { Tiles } from "./tiles.js";
import { View } from "./view.js";
import { Watch } from "./watch.js";
import { elapsed, say } from "./words.js";

const PATIENCE = 1_500;

/** Tells `closed` ({reason, error, session}) when this person is out, for whatever reason. */
export class Room extends EventTarget {
  sound = new Sound();
  view = new View();
  watch = new Watch();
  /** @type {Call | null} */
  call = null;
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
    this.own = new Own(devices, this.notices);
    this.tiles = new Tiles(part(root, "tiles"), (key) => this.#pin(key));
    this.side = new Side(part(root, "side"));
    this.acts = this.#acts();
    this.bar = new Bar(root.querySelector(".room-bar"), this.acts);
    this.people = new People(root.querySelector("#people"), this.#actsOnPeople());
    this.chat = new Chat(root.querySelector("#chat"), {
      say: (text, to) => this.call.say(text, to),
      roster: () => this.call.roster,
    });
    this.telling = new Telling(this);
    this.hosting = new Hosting(root, { call: () => this.call, notices: this.notices, show: () => this.#showPeople() });
    this.menus = Object.fromEntries(["leave", "react", "more"].map((act) => [act, this.#menu(act)]));
    this.shortcuts = new Shortcuts(root.querySelector("#shortcuts"), {
      run: (act) => this.acts[act](),
      talk: (on) => this.own.talk(on),
      listens: () => this.call !== null && !this.root.hidden,
    });
    this.connections = new Connections(root.querySelector("#connections"), this.watch);
    this.float = new Float({ tiles: this.tiles, run: (act) => this.acts[act]() });
    offerDevices(part(root, "devices"), devices);
    offerReactions(root, (reaction) => this.call.react(reaction));
    this.#listen();
  }

  /** Show a call that was opened just now. @param {import("./call.js").Call} call */
  enter(call) {
    this.call = call;
    const on = (type, act) => call.addEventListener(type, ({ detail }) => act(detail));
    on("change", () => this.#drawSoon());
    on("news", (news) => this.telling.news(news, call.roster));
    on("track", (arrived) => this.#show(arrived));
    on("gone", ({ who }) => this.#forget(who));
    on("muted", ({ name }) => this.telling.muted(name));
    on("asked", ({ name }) => this.telling.asked(name, () => this.devices.isOn("microphone") || this.own.switch("microphone")));
    on("role", ({ role }) => this.telling.role(role));
    on("refused", (error) => this.telling.refused(error));
    on("reaction", (reaction) => this.#reacted(reaction));
    on("line", ({ state }) => this.#line(state));
    on("closed", (end) => this.#closed(end));
    call.screen.addEventListener("change", () => this.telling.sharing(call.screen.on, () => call.screen.stop()));
    this.root.hidden = false;
    this.#entering = true;
    this.#met = false;
    this.#timers = [
      setInterval(() => this.#tick(), 1_000),
      setTimeout(() => this.call?.connected || this.#line("connecting"), PATIENCE),
    ];
    this.watch.start(call, this.view);
    stayAwake(call.abort.signal);
  }

  #listen() {
    this.sound.addEventListener("blocked", ({ detail }) => this.telling.soundBlocked(detail.blocked, () => this.sound.resume()));
    this.chat.addEventListener("unread", ({ detail }) => this.#unread(detail.count));
    this.watch.addEventListener("change", () => this.#drawSoon());
    this.watch.addEventListener("slower", ({ detail }) => this.#slower(detail));
    this.float.addEventListener("change", () => this.#drawSoon());
    this.side.addEventListener("change", ({ detail: { panel } }) => {
      this.bar.opened(panel);
      this.root.classList.toggle("with-side", panel !== null);
      this.chat.setOpen(panel === "chat");
      if (panel === "chat") this.notices.hideAbout("said");
      this.#drawSoon();
    });
    this.devices.addEventListener("change", () => this.sound.use(this.devices.choices.speaker.id));
    this.devices.addEventListener("unplugged", ({ detail }) => this.call && this.telling.unplugged(detail));
    document.addEventListener("visibilitychange", () => this.#drawSoon());
    this.root.addEventListener("click", ({ target }) => {
      if (!target.closest(".room-bar")) this.acts[target.closest("[data-do]")?.dataset.do]?.();
    });
  }

  #acts() {
    return {
      microphone: () => this.own.switch("microphone"),
      camera: () => this.own.switch("camera"),
      share: () => this.own.share(this.call.screen),
      hand: () => this.call.raiseHand(),
      people: () => this.side.toggle("people", this.bar.control("people")),
      chat: () => this.side.toggle("chat", this.bar.control("chat")),
      react: () => this.menus.react.toggle(),
      more: () => this.menus.more.toggle(),
      leave: () => (this.call.roster.leads ? this.menus.leave.toggle() : this.call.leave()),
      "leave-only": () => this.call.leave(),
      end: () => this.call.endForAll(),
      devices: () => this.root.querySelector("#devices").showModal(),
      connections: () => this.connections.open(this.call.roster),
      float: () => this.#float(),
      shortcuts: () => this.root.querySelector("#shortcuts").showModal(),
      layout: () => this.#setLayout(),
      "sound-only": () => this.#setSoundOnly(),
    };
  }

  #actsOnPeople() {
    return {
      mute: (who) => this.call.mute(who),
      "ask-unmute": (who) => this.call.askToUnmute(who),
      cohost: (who) => this.call.giveRole(who, this.call.roster.people.get(who)?.role === "cohost" ? "attendee" : "cohost"),
      "hand-over-now": (who) => this.call.giveRole(who, "host"),
      "remove-now": (who) => this.call.remove(who),
      write: (who) => this.#writeTo(who),
      pin: (who) => this.#pin(who),
      spotlight: (who) => this.call.spotlight(who === this.call.roster.spotlight ? null : who),
    };
  }

  #showPeople() {
    if (this.side.panel !== "people") this.side.toggle("people", this.bar.control("people"));
  }

  #menu(act) {
    return new Menu(this.root.querySelector(`#${act}-menu`), this.bar.control(act));
  }

  #pin(key) {
    this.view.pin(key);
    this.#drawSoon();
  }

  #setLayout() {
    this.view.setLayout(this.view.layout === "grid" ? "speaker" : "grid");
    this.view.pinned = null;
    this.notices.announce(say(`layout-${this.view.layout}-now`));
    this.#drawSoon();
  }

  /** Without pictures, one's own is not sent either; it comes back with the others. */
  async #setSoundOnly() {
    const { view } = this;
    view.soundOnly = !view.soundOnly;
    this.notices.tell(say(view.soundOnly ? "sound-only-now" : "pictures-now"));
    this.#drawSoon();
    await this.own.setCameraAside(view.soundOnly);
  }

  #show({ who, role, track }) {
    if (track.kind === "audio") this.sound.play(who, role, track);
    else this.tiles.show(who, role, new MediaStream([track]));
  }

  #forget(who) {
    this.sound.drop(who);
    this.tiles.forget(who);
  }

  #writeTo(who) {
    if (!this.chat.isOpen) this.side.toggle("chat", this.bar.control("people"));
    this.chat.writeTo(who);
  }

  #reacted({ who, reaction }) {
    this.tiles.float(who, signOf(reaction));
    const name = this.call.roster.people.get(who)?.name;
    if (who !== this.call.roster.me && name) this.notices.announce(`${name}: ${wordFor(this.root, reaction)}`);
  }

  async #float() {
    if (!(await this.float.toggle())) this.notices.tell(say("float-failed"), "warn");
  }

  /** @param {{who: string, step: number}[]} lines */
  #slower(lines) {
    const names = lines.map(({ who }) => this.call.roster.people.get(who)?.name ?? "");
    this.telling.slower(names, lines.every(({ step }) => step === SOUND_ALONE));
  }

  #line(state) {
    this.telling.line(state, Boolean(this.call.roster.me));
    if (state === "open") this.#drawSoon();
  }

  #unread(count) {
    this.bar.count("chat", count, say("unread", { count }));
    document.title = count ? `(${count}) ${this.#title}` : this.#title;
  }

  #tick() {
    const { started_at: since } = this.call.roster.room;
    if (since) setText(part(this.root, "elapsed"), elapsed(Date.now() + this.call.ahead - Date.parse(since)));
  }

  /** However much happens in one moment, it is drawn once; where nobody looks, nothing is, but what is wanted is said. */
  #drawSoon() {
    if (this.#drawing) return;
    this.#drawing = true;
    const draw = () => {
      this.#drawing = false;
      if (this.call) this.#draw();
    };
    if (document.hidden) setTimeout(draw);
    else requestAnimationFrame(draw);
  }

  #draw() {
    const { roster, links, screen, paused, mesh } = this.call;
    const { view, watch } = this;
    if (!roster.me) return;
    this.tiles.show(roster.me, "face", this.own.picture);
    this.tiles.draw({ roster, view, links, paused, speaking: watch.speaking, lines: watch.lines });
    mesh.wish(view.wishes(roster, this.tiles.heights, this.float.isOpen));
    if (this.side.panel === "people") this.people.draw(roster, view.pinned);
    this.hosting.draw(roster);
    this.sound.hush((who) => !roster.people.get(who)?.media.microphone);
    this.chat.draw();
    this.bar.draw({ ...this.call.media, screen: screen.on, hand: Boolean(roster.self?.hand), possible: { share: Screen.possible } });
    this.bar.drawView(view, Float.possible);
    this.connections.draw(roster);
    this.float.draw(roster, this.call.media.microphone);
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

  #closed({ reason, error }) {
    this.#timers.forEach(clearInterval);
    this.watch.stop();
    const { session } = this.call.roster.room;
    this.call = null;
    this.sound.close();
    this.tiles.clear();
    this.notices.clear();
    this.hosting.close();
    this.side.close();
    Object.values(this.menus).forEach((menu) => menu.close());
    this.root.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
    this.float.close();
    this.#unread(0);
    this.root.hidden = true;
    this.dispatchEvent(new CustomEvent("closed", { detail: { reason, error, session: session ?? null } }));
  }
}
