/**
 * A client of Parley's live protocol, version 1 (docs/reference/live-protocol.md). It knows no page and no media:
 * events of the server are dispatched as `CustomEvent`s of the same name with the event as `detail`, and `state` tells
 * how the connection is. Connections that break are made again and go on where they stopped.
 *
 *     const connection = new Connection({ url, seat, media });
 *     connection.addEventListener("said", ({ detail }) => show(detail.message));
 *     connection.open();
 *     connection.say("Hello!");
 *
 * @typedef {{microphone: boolean, camera: boolean, screen: boolean}} Media
 * @typedef {{id: string, name: string, role: string, user: boolean, publishes: boolean, media: Media, hand: ?string,
 *            away: boolean, joined_at: string, instance: ?string}} Person
 * @typedef {{id: string, who: string, name: string, text: string, sent_at: string, key: ?string, to: ?string}} Message
 * @typedef {{publishers: number, beat_seconds: number, seat_seconds: number, text: number, signal: number}} Limits
 * @typedef {{type: "welcome", id: string, you: string, resumed: boolean,
 *            room: {session: string, title: string, started_at: string, host: string},
 *            people: Person[], messages: Message[], ice_servers: RTCIceServer[], limits: Limits, spotlight: ?string}} Welcome
 * @typedef {"new" | "connecting" | "waiting" | "open" | "lost" | "closed"} State
 *   `waiting` is before the room, until a host lets one in
 * @typedef {{state: State, reason: ?string, error: ?Object}} StateDetail
 *   `lost` tries again by itself; `closed` does not. `reason` is the protocol's reason for a `lost` or `closed`
 *   ("seat-taken", "ended", …), "left" after `close()`, or null for an accident; `error` is the whole `error` event.
 */

import { FINAL, frames, PASSING } from "./wire.js";

export const VERSION = 1;

/** Nothing heard for this long (seconds): the connection is dead, whatever the network says. */
const SILENT_SECONDS = 12;

/** No welcome for this long (seconds): another try is better. */
const WELCOME_SECONDS = 6;

/** The first pause before trying again, and the longest (milliseconds); a place is kept for 20 seconds. */
const SHORTEST_PAUSE = 300;
const LONGEST_PAUSE = 4000;

export class Connection extends EventTarget {
  /** @type {State} */ #state = "new";
  /** @type {?WebSocket} */ #socket = null;
  /** @type {?string} */ #after = null;
  /** @type {?Object} */ #error = null;
  /** What was said and not heard back, by key. @type {Map<string, {text: string, to?: string}>} */ #unheard = new Map();
  /** Whether the hand should be raised, when that could not be sent yet. @type {?boolean} */ #hand = null;
  /** What the last hello said of the media; what changed since must be told once welcome. @type {?Media} */ #greeted = null;
  /** @type {Object[]} */ #outgoing = [];
  #flushing = false;
  #failures = 0;
  #silence = 0;
  #retry = 0;

  /**
   * @param {Object} options
   * @param {string} options.url where the socket is: `wss://host/live/v1`
   * @param {string | Promise<string>} options.seat the secret of the seat; while it is being asked for, the socket opens
   * @param {Partial<Media>} [options.media] what is published at first
   * @param {string} [options.instance] names this run of the client; by default random
   */
  constructor({ url, seat, media = {}, instance = randomText() }) {
    super();
    this.url = url;
    this.seat = seat;
    this.instance = instance;
    /** What is published; use `publish` to change it. @type {Media} */
    this.media = { microphone: false, camera: false, screen: false, ...media };
    /** The newest welcome. @type {?Welcome} */
    this.welcome = null;
  }

  /** @returns {State} */
  get state() {
    return this.#state;
  }

  /** The own participant id, once welcome. @returns {?string} */
  get you() {
    return this.welcome?.you ?? null;
  }

  /** Connect, and stay connected until `close` or until the server says that it is over. */
  open() {
    if (this.#state === "new" || this.#state === "closed") this.#connect();
  }

  /** Try again now, when the connection is lost: for the moment when the network is back. */
  hurry() {
    if (this.#state === "lost") this.#connect();
  }

  /** Give up the place and do not come back by itself. */
  close() {
    this.send("leave");
    this.#flush();
    this.#drop(1000);
    this.#become("closed", "left");
  }

  /**
   * Send an event. While there is no connection, `say`, `media` and `hand` are kept until there is one; anything else would
   * be out of date by then and is dropped.
   * @param {string} type
   * @param {Object} [body]
   * @returns {boolean} whether the event was sent or kept
   */
  send(type, body = {}) {
    if (type === "say") return this.say(body.text, body.key, body.to) !== "";
    if (type === "media") this.media = { ...this.media, ...body };
    if (type === "hand") this.#hand = body.raised;
    if (this.#state === "waiting" && (type === "beat" || type === "leave")) this.#enqueue({ type });
    if (this.#state !== "open") return type === "media" || type === "hand";
    this.#enqueue({ ...(type === "media" ? this.media : body), type });
    return true;
  }

  /**
   * Say something to all, or to one. It is sent again until it was heard back as `said` with the same key.
   * @param {string} text
   * @param {string} [key]
   * @param {string} [to] one person alone
   * @returns {string} the key
   */
  say(text, key = randomText(), to = undefined) {
    this.#unheard.set(key, { text, to });
    if (this.#state === "open") this.#enqueue({ type: "say", text, key, to });
    return key;
  }

  /** Publish other media than now. @param {Partial<Media>} media */
  publish(media) {
    return this.send("media", media);
  }

  /**
   * Hand data to one other person; with `instance`, only to that run of their client.
   * @param {string} to
   * @param {Object} data
   * @param {?string} [instance]
   */
  signal(to, data, instance = null) {
    return this.send("signal", instance === null ? { to, data } : { to, data, instance });
  }

  #connect() {
    clearTimeout(this.#retry);
    this.#error = null;
    this.#become("connecting", null);
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    this.#listenForSilence(WELCOME_SECONDS);
    socket.onopen = () => this.#greet(socket);
    socket.onmessage = ({ data }) => this.#hear(data);
    socket.onclose = ({ code }) => this.#lost(code);
  }

  /** Say hello as soon as there is a seat; where there will be none, whoever asked for it closes the connection. */
  async #greet(socket) {
    const seat = await Promise.resolve(this.seat).catch(() => null);
    if (seat === null || socket !== this.#socket) return;
    const { instance, media } = this;
    this.#greeted = media;
    const hello = { type: "hello", version: VERSION, seat, instance, after: this.#after, media };
    socket.send(JSON.stringify([hello]));
  }

  /** @param {string} frame */
  #hear(frame) {
    this.#listenForSilence();
    const socket = this.#socket;
    for (const event of JSON.parse(frame)) {
      if (socket !== this.#socket) return; // a listener closed the connection
      this.#note(event);
      if (event.id) this.#after = event.id;
      this.dispatchEvent(new CustomEvent(event.type, { detail: event }));
    }
  }

  /** What the connection itself learns from an event. @param {Object} event */
  #note(event) {
    switch (event.type) {
      case "welcome":
        this.#welcomed(event);
        break;
      case "waiting":
        this.#failures = 0;
        this.#become("waiting", null);
        break;
      case "beat":
        this.send("beat");
        break;
      case "said":
        this.#unheard.delete(event.message.key);
        break;
      case "error":
        this.#refused(event);
        break;
    }
  }

  /** @param {Welcome} welcome */
  #welcomed(welcome) {
    this.welcome = welcome;
    this.#failures = 0;
    for (const { key } of welcome.messages) this.#unheard.delete(key);
    this.#become("open", null);
    const wanted = this.#hand;
    const me = welcome.people.find(({ id }) => id === welcome.you);
    if (this.media !== this.#greeted) this.#enqueue({ type: "media", ...this.media });
    if (wanted !== null && wanted !== Boolean(me?.hand)) this.#enqueue({ type: "hand", raised: wanted });
    for (const [key, said] of this.#unheard) this.#enqueue({ type: "say", key, ...said });
  }

  /** @param {{reason: string, key?: string}} error */
  #refused(error) {
    this.#error = error;
    const said = this.#unheard.get(error.key);
    if (said === undefined) return;
    if (error.reason === "unavailable") {
      setTimeout(() => this.#unheard.has(error.key) && this.say(said.text, error.key, said.to), 2000);
    } else {
      this.#unheard.delete(error.key);
    }
  }

  /** The socket is gone. @param {number} code */
  #lost(code) {
    clearTimeout(this.#silence);
    this.#socket = null;
    this.#outgoing = [];
    const final = FINAL.get(code);
    if (final !== undefined) {
      this.#become("closed", final);
      return;
    }
    const longest = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** this.#failures);
    const patience = code === 4008 || code === 4005 ? LONGEST_PAUSE / 2 : 0;
    this.#failures += 1;
    this.#retry = setTimeout(() => this.#connect(), patience + longest * (0.5 + Math.random() / 2));
    this.#become("lost", PASSING.get(code) ?? null);
  }

  /** Take a connection on which nothing arrives for lost. @param {number} [seconds] */
  #listenForSilence(seconds = SILENT_SECONDS) {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#drop(4015);
      this.#lost(4015);
    }, seconds * 1000);
  }

  /** Close the socket without waiting for the other side. @param {number} code */
  #drop(code) {
    clearTimeout(this.#silence);
    clearTimeout(this.#retry);
    const socket = this.#socket;
    if (socket === null) return;
    this.#socket = null;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(code);
  }

  /**
   * @param {State} state
   * @param {?string} reason
   */
  #become(state, reason) {
    if (state === this.#state && reason === null) return;
    this.#state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: { state, reason, error: this.#error } }));
  }

  /** One moment, one frame. @param {Object} event */
  #enqueue(event) {
    this.#outgoing.push(JSON.stringify(event));
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => this.#flush());
  }

  #flush() {
    this.#flushing = false;
    const events = this.#outgoing;
    this.#outgoing = [];
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    for (const frame of frames(events)) this.#socket.send(`[${frame.join(",")}]`);
  }
}

/** @returns {string} 22 characters that nobody guesses and nothing repeats */
function randomText() {
  const bytes = crypto.getRandomValues(new Uint8Array(11));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
