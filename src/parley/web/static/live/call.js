/**
 * One person's part in a live session: the connection to the server, the links to the others, the own devices and screen,
 * and the roster that all of them keep up to date. Knows no page; the room draws what it tells.
 */

import { Mesh } from "./mesh.js";
import { Connection } from "./protocol.js";
import { Roster } from "./roster.js";
import { Screen } from "./screen.js";

const SOCKET = `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/live/v1`;
const PATIENCE = 100;
const HEARD = ["welcome", "joined", "left", "away", "back", "role", "media", "hand", "said", "spotlight", "house", "lobby"];

/**
 * Tells `change` when something is to be drawn, `news` ({what, who, name}), `track` ({who, role, track}),
 * `gone` ({who}), `waiting` ({hosts, locked}) as long as nobody let one in, `in` when one is, `muted` ({name}), `asked` ({name}) to speak, `role` ({role}) when one has another, `reaction` ({who, reaction}), `refused` (an error that does not end it), `line` ({state}) and, once, `closed`
 * ({reason, error}).
 */
export class Call extends EventTarget {
  roster = new Roster();
  screen = new Screen();
  /** @type {Map<string, string>} how the link to each person is */
  links = new Map();
  /** @type {Set<string>} who sends no picture for now, because their line to here is weak */
  paused = new Set();
  /** Milliseconds by which the server's clock is ahead of ours. */
  ahead = 0;
  #published = "";
  /** Calls are being made: what is drawn meanwhile would hold them up, and can wait for a moment. */
  #calling = false;

  /** @param {string | Promise<string>} seat its secret @param {import("./devices.js").Devices} devices */
  constructor(seat, devices) {
    super();
    this.devices = devices;
    this.connection = new Connection({ url: SOCKET, seat, media: this.media });
    this.mesh = this.#weave();
    this.#published = JSON.stringify(this.media);
    this.abort = new AbortController();
    this.#listen();
  }

  /** What the others get from this person now. */
  get media() {
    return { microphone: this.devices.isOn("microphone"), camera: this.devices.isOn("camera"), screen: this.screen.on };
  }

  get connected() {
    return this.connection.state === "open";
  }

  /** Whether nothing will come of it any more. */
  get isOver() {
    return this.connection.state === "closed";
  }

  /** Connect; to be called once. */
  open() {
    this.connection.open();
    this.#publish();
    this.mesh.prepare();
  }

  /** Leave; the seat stays valid. */
  leave() {
    this.connection.close();
  }

  /** @param {string} text @param {string | null} to one person alone, or all @returns {string} the key under which it will be heard back */
  say(text, to) {
    return this.connection.say(text, undefined, to ?? undefined);
  }

  /** @param {string} reaction */
  react(reaction) {
    this.connection.send("react", { reaction });
  }

  /** Show somebody large to everybody; null ends it. @param {string | null} who */
  spotlight(who) {
    this.connection.send("spotlight", { who });
  }

  raiseHand() {
    this.connection.send("hand", { raised: !this.roster.self?.hand });
  }

  /** @param {string} who */
  mute(who) {
    this.connection.send("mute", { who });
  }

  /** @param {string} who */
  remove(who) {
    this.connection.send("remove", { who });
  }

  /** Let in who waits. @param {string} [who] or else everybody */
  admit(who) {
    this.connection.send("admit", who ? { who } : {});
  }

  /** Send somebody away who waits. @param {string} who */
  refuse(who) {
    this.connection.send("refuse", { who });
  }

  /** @param {Partial<Roster["house"]>} change */
  changeHouse(change) {
    this.connection.send("house", change);
  }

  muteAll() {
    this.connection.send("mute-all");
  }

  /** @param {string} who */
  askToUnmute(who) {
    this.connection.send("ask-unmute", { who });
  }

  /** @param {string} who @param {"host" | "cohost" | "attendee"} role */
  giveRole(who, role) {
    this.connection.send("role", { who, role });
  }

  endForAll() {
    this.connection.send("end");
  }

  #listen() {
    const { signal } = this.abort;
    const on = (source, type, act) => source.addEventListener(type, act, { signal });
    on(this.connection, "waiting", ({ detail }) => this.#tell("waiting", detail));
    on(this.connection, "welcome", () => this.#tell("in"));
    for (const type of HEARD) on(this.connection, type, ({ detail }) => this.#hear(detail));
    on(this.connection, "signal", ({ detail }) => this.mesh.hear(detail.from, detail.data, detail.instance));
    on(this.connection, "muted", ({ detail }) => this.#muted(detail.by));
    on(this.connection, "reaction", ({ detail }) => this.#tell("reaction", detail));
    on(this.connection, "beat", ({ detail }) => (this.ahead = Date.parse(detail.at) - Date.now()));
    on(this.connection, "ask-unmute", ({ detail }) => this.#tell("asked", { name: this.#nameOf(detail.by) }));
    on(this.connection, "error", ({ detail }) => this.#refused(detail));
    on(this.connection, "state", ({ detail }) => this.#line(detail));
    on(this.devices, "change", () => this.#publish());
    on(this.screen, "change", () => this.#publish());
    on(window, "online", () => this.#online());
    on(document, "visibilitychange", () => document.hidden || this.connection.hurry());
  }

  #hear(event) {
    const news = this.roster.hear(event);
    this.#link(event);
    for (const one of news) {
      if (one.who !== this.roster.me) this.#tell("news", one);
      else if (event.type === "role") this.#tell("role", event);
    }
    this.#tell("change");
  }

  /** Let the links follow who is here. */
  #link(event) {
    const { me } = this.roster;
    if (event.type === "welcome") this.#meet(event);
    else if (event.type === "joined" && event.person.id !== me) this.mesh.expect(event.person.id);
    else if (event.type === "away") this.mesh.setAway(event.who, true);
    else if (event.type === "back") this.mesh.setAway(event.who, false);
    else if (event.type === "left") this.#forget(event.who);
  }

  #meet({ people, ice_servers: iceServers }) {
    Object.assign(this.mesh, { me: this.roster.me, iceServers });
    this.mesh.setReachable(true);
    for (const who of this.links.keys()) if (!this.roster.people.has(who)) this.#forget(who);
    this.#publish();
    this.#calling = true;
    const patience = new Promise((over) => setTimeout(over, PATIENCE));
    Promise.race([this.mesh.meet(people), patience]).then(() => {
      this.#calling = false;
      this.#tell("change");
    });
  }

  #weave() {
    const mesh = new Mesh({ name: this.connection.instance, send: (to, data) => this.connection.signal(to, data) });
    mesh.addEventListener("track", ({ detail }) => this.#tell("track", detail));
    mesh.addEventListener("paused", ({ detail: { who, paused } }) => {
      if (paused) this.paused.add(who);
      else this.paused.delete(who);
      this.#tell("change");
    });
    mesh.addEventListener("link", ({ detail: { who, state } }) => {
      this.links.set(who, state);
      this.#tell("change");
    });
    return mesh;
  }

  #forget(who) {
    this.mesh.drop(who);
    this.links.delete(who);
    this.paused.delete(who);
    this.#tell("gone", { who });
  }

  #line({ state, reason, error }) {
    if (state === "lost") this.mesh.setReachable(false);
    if (state === "closed") this.#closed(reason, error);
    else this.#tell("line", { state });
  }

  #online() {
    this.connection.hurry();
    this.mesh.networkChanged();
  }

  /** Send to all what the devices give, and say so. */
  #publish() {
    const { me } = this.roster;
    const tracks = { ...this.devices.tracks, ...this.screen.tracks };
    for (const [role, track] of Object.entries(tracks)) {
      if (this.mesh.outgoing.tracks[role] !== track) this.mesh.set(role, track);
    }
    const { media } = this;
    if (me) this.roster.change(me, { media });
    if (JSON.stringify(media) !== this.#published) this.connection.publish(media);
    this.#published = JSON.stringify(media);
    this.#tell("change");
  }

  async #muted(by) {
    await this.devices.set("microphone", false);
    this.#tell("muted", { name: this.#nameOf(by) });
  }

  #refused(error) {
    if (error.event === "unmute") this.devices.set("microphone", false);
    this.#tell("refused", error);
  }

  #nameOf(who) {
    return this.roster.people.get(who)?.name ?? "";
  }

  #closed(reason, error) {
    this.abort.abort();
    this.screen.stop();
    this.mesh.close();
    this.#tell("closed", { reason, error });
  }

  #tell(type, detail) {
    if (type === "change" && this.#calling) return;
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
