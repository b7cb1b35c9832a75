/** The people on the screen: one tile each, placed where the layout says, with what others must see from afar. */

import { arrange } from "./layout.js";
import { copy, initials, part, setIcon, setText, shade } from "./markup.js";
import { say } from "./words.js";

/**
 * @typedef {object} Scene everything that the tiles are drawn from
 * @property {import("./roster.js").Roster} roster
 * @property {import("./view.js").View} view
 * @property {Set<string>} speaking
 * @property {import("./lines.js").Lines} lines
 * @property {Map<string, string>} links how the link to each person is
 * @property {Set<string>} paused who sends no picture for now, because their line is weak
 */

/** The key of somebody's screen; the key of their face is who they are. @param {string} who */
export const screenOf = (who) => `screen ${who}`;

const FLOATS = 4_000;

export class Tiles {
  /** @type {Map<string, HTMLElement>} */
  #tiles = new Map();
  /** @type {Map<string, MediaStream>} */
  #streams = new Map();
  /** How high each is on the screen now. @type {Map<string, number>} */
  heights = new Map();
  /** As it was last told: asking for it would make the browser lay the page out in between. */
  #size = { width: 0, height: 0 };
  /** @type {string} what was arranged last */
  #arranged = "";

  /** @param {HTMLElement} root @param {(key: string) => void} pin called when somebody wants to see a tile large, or no longer */
  constructor(root, pin) {
    this.root = root;
    this.pin = pin;
    this.scene = null;
    new ResizeObserver(([{ contentRect }]) => this.#resize(contentRect)).observe(root);
    root.addEventListener("click", ({ target }) => this.#clicked(target));
    root.addEventListener("dblclick", ({ target }) => this.#full(target.closest(".tile.stage")));
  }

  /** What is to be seen of somebody. @param {string} who @param {"face" | "screen"} role @param {MediaStream | null} stream */
  show(who, role, stream) {
    const key = role === "screen" ? screenOf(who) : who;
    if (stream) this.#streams.set(key, stream);
    else this.#streams.delete(key);
    const tile = this.#tiles.get(key);
    if (tile) this.#project(tile, key);
  }

  /** @param {string} who */
  forget(who) {
    this.#streams.delete(who);
    this.#streams.delete(screenOf(who));
  }

  /** What is to be seen of a tile, and whether it moves. @param {string} key @returns {HTMLVideoElement | null} */
  video(key) {
    const tile = this.#tiles.get(key);
    return tile?.classList.contains("seen") && !tile.classList.contains("dark") ? part(tile, "video") : null;
  }

  /** The tile that is large now, or else the first of another. @returns {string | null} */
  get largest() {
    const others = [...this.heights].filter(([key]) => key !== this.scene?.roster.me);
    return others.sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  }

  /** Let a sign rise from somebody's tile. @param {string} who @param {string} sign */
  float(who, sign) {
    const tile = this.#tiles.get(who);
    if (!tile) return;
    const floating = copy("reaction");
    floating.textContent = sign;
    floating.style.left = `${20 + Math.random() * 60}%`;
    tile.append(floating);
    setTimeout(() => floating.remove(), FLOATS);
  }

  clear() {
    for (const key of [...this.#tiles.keys()]) this.#remove(key);
    this.#streams.clear();
    this.heights.clear();
    this.scene = null;
    this.#arranged = "";
  }

  /** @param {Scene} scene */
  draw(scene) {
    this.scene = scene;
    const { roster } = scene;
    const screens = this.#screens;
    const wanted = [...roster.seated.map((person) => person.id), ...screens.map(screenOf)];
    for (const key of [...this.#tiles.keys()]) if (!wanted.includes(key)) this.#remove(key);
    for (const person of roster.seated) this.#drawPerson(this.#tile(person.id, "tile"), person);
    for (const who of screens) this.#drawScreen(this.#tile(screenOf(who), "screen"), roster.people.get(who));
    this.#place();
  }

  /** Other people's screens; one's own is not shown to oneself, it would mirror itself. */
  get #screens() {
    const { roster } = this.scene;
    return roster.screens.filter((who) => who !== roster.me && roster.people.has(who));
  }

  #tile(key, template) {
    let tile = this.#tiles.get(key);
    if (!tile) {
      tile = copy(template);
      tile.dataset.key = key;
      this.#tiles.set(key, tile);
      this.root.append(tile);
      this.#project(tile, key);
    }
    return tile;
  }

  #remove(key) {
    part(this.#tiles.get(key), "video").srcObject = null;
    this.#tiles.get(key).remove();
    this.#tiles.delete(key);
  }

  #project(tile, key) {
    const video = part(tile, "video");
    const stream = this.#streams.get(key) ?? null;
    if (video.srcObject === stream) return;
    video.srcObject = stream;
    video.onloadeddata = () => tile.classList.add("seen");
    tile.classList.remove("seen");
  }

  #drawPerson(tile, person) {
    const { roster, speaking, view, paused } = this.scene;
    const mine = person.id === roster.me;
    const trouble = mine ? "" : this.#trouble(person);
    const unseen = !mine && (view.soundOnly || paused.has(person.id));
    tile.classList.toggle("mine", mine);
    tile.classList.toggle("dark", !person.media.camera || unseen);
    tile.classList.toggle("speaking", speaking.has(person.id) && person.media.microphone);
    tile.classList.toggle("gone", trouble !== "");
    const face = part(tile, "face");
    setText(face, initials(person.name));
    face.className = `face tile-face ${shade(person.name)}`;
    setText(part(tile, "name"), mine ? say("you", { name: person.name }) : person.name);
    setText(part(tile, "state"), trouble);
    part(tile, "state").hidden = !trouble;
    part(tile, "muted").hidden = person.media.microphone;
    part(tile, "hand").hidden = !person.hand;
    part(tile, "lit").hidden = roster.spotlight !== person.id;
    this.#drawLine(tile, person, mine || trouble !== "" ? 0 : this.scene.lines.level(person.id));
    this.#drawPin(tile, person.id, person.name);
  }

  /** How good the line to somebody is; where it is good, only as a sign. @param {number} level 1 to 4, or 0: not known */
  #drawLine(tile, person, level) {
    const line = part(tile, "line");
    line.hidden = level === 0;
    if (level === 0) return;
    setIcon(line, `reception-${level}`);
    line.dataset.level = String(level);
    setText(part(line, "line-words"), say(this.scene.paused.has(person.id) ? "line-paused" : `line-${level}`));
  }

  #drawPin(tile, key, name) {
    const pinned = this.scene.view.pinned === key;
    const pin = part(tile, "pin");
    pin.setAttribute("aria-pressed", String(pinned));
    pin.hidden = this.#tiles.size === 1;
    setIcon(pin, pinned ? "pin-angle-fill" : "pin-angle");
    setText(part(pin, "pin-words"), say("pin-tile", { name }));
  }

  #trouble(person) {
    const link = this.scene.links.get(person.id);
    if (person.away && link !== "connected") return say("tile-away");
    if (link === "disconnected" || link === "failed") return say("tile-mending");
    return "";
  }

  #drawScreen(tile, person) {
    const words = say("screen-of", { name: person.name });
    setText(part(tile, "name"), words);
    this.#drawPin(tile, tile.dataset.key, words);
  }

  #resize({ width, height }) {
    this.#size = { width, height };
    this.#place();
  }

  #place() {
    if (!this.scene) return;
    const { width, height } = this.#size;
    const { roster, view } = this.scene;
    const screens = this.#screens;
    const stage = view.stage(roster, screens);
    const kind = roster.people.has(stage) ? "face" : "screen";
    const people = [...screens.map(screenOf), ...this.#order(stage)].filter((key) => key !== stage);
    const arranged = JSON.stringify([people, stage, width, height]);
    if (arranged === this.#arranged || width === 0) return;
    this.#arranged = arranged;
    this.heights.clear();
    for (const [key, place] of arrange({ people, me: roster.me, stage, kind, width, height })) {
      this.heights.set(key, place.height);
      put(this.#tiles.get(key), place);
    }
  }

  /** Oneself last; beside a shared screen, whoever shares it first. */
  #order(stage) {
    const { roster } = this.scene;
    const rank = (who) => (screenOf(who) === stage ? 0 : who === roster.me ? 2 : 1);
    return roster.seated.map((person) => person.id).sort((a, b) => rank(a) - rank(b));
  }

  #clicked(target) {
    const act = target.closest("button")?.dataset.act;
    const tile = target.closest(".tile");
    if (act === "full") this.#full(tile);
    if (act === "pin" || (!act && tile?.classList.contains("strip"))) this.pin(tile.dataset.key);
  }

  #full(tile) {
    if (!tile) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else tile.requestFullscreen?.().catch(() => {});
  }
}

/** @param {HTMLElement} tile @param {import("./layout.js").Place} place */
function put(tile, { x, y, width, height, as }) {
  for (const kind of ["tile", "stage", "inset", "strip"]) tile.classList.toggle(kind === "tile" ? "even" : kind, kind === as);
  tile.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  tile.style.width = `${Math.floor(width)}px`;
  tile.style.height = `${Math.floor(height)}px`;
}
