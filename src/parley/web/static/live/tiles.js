/** The people on the screen: one tile each, placed where the layout says, with what others must see from afar. */

import { arrange } from "./layout.js";
import { copy, initials, part, setText, shade } from "./markup.js";
import { say } from "./words.js";

/**
 * @typedef {object} Scene everything that the tiles are drawn from
 * @property {import("./roster.js").Roster} roster
 * @property {Set<string>} speaking
 * @property {Set<string>} weak
 * @property {Map<string, string>} links how the link to each person is
 * @property {boolean} connected whether the server is in reach
 */

const screenOf = (who) => `screen ${who}`;

export class Tiles {
  /** @type {Map<string, HTMLElement>} */
  #tiles = new Map();
  /** @type {Map<string, MediaStream>} */
  #streams = new Map();
  /** @type {string | null} the shared screen that was chosen for the stage */
  #chosen = null;
  /** As it was last told: asking for it would make the browser lay the page out in between. */
  #size = { width: 0, height: 0 };
  /** @type {string} what was arranged last */
  #arranged = "";

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
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

  clear() {
    for (const key of [...this.#tiles.keys()]) this.#remove(key);
    this.#streams.clear();
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
    const { roster, speaking, weak } = this.scene;
    const mine = person.id === roster.me;
    const trouble = mine ? "" : this.#trouble(person);
    tile.classList.toggle("mine", mine);
    tile.classList.toggle("dark", !person.media.camera);
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
    part(tile, "weak").hidden = mine || !weak.has(person.id) || trouble !== "";
  }

  #trouble(person) {
    const link = this.scene.links.get(person.id);
    if (person.away && link !== "connected") return say("tile-away");
    if (link === "disconnected" || link === "failed") return say("tile-mending");
    return "";
  }

  #drawScreen(tile, person) {
    setText(part(tile, "name"), say("screen-of", { name: person.name }));
  }

  #resize({ width, height }) {
    this.#size = { width, height };
    this.#place();
  }

  #place() {
    if (!this.scene) return;
    const { width, height } = this.#size;
    const { roster } = this.scene;
    const screens = this.#screens;
    const shown = screens.includes(this.#chosen) ? this.#chosen : screens.at(-1);
    const waiting = screens.filter((who) => who !== shown).map(screenOf);
    const people = [...waiting, ...this.#order(shown)];
    const stage = shown ? screenOf(shown) : null;
    const arranged = JSON.stringify([people, stage, width, height]);
    if (arranged === this.#arranged || width === 0) return;
    this.#arranged = arranged;
    for (const [key, place] of arrange({ people, me: roster.me, stage, width, height })) put(this.#tiles.get(key), place);
  }

  /** Oneself last; beside a shared screen, whoever shares it first. */
  #order(shown) {
    const { roster } = this.scene;
    const rank = (who) => (who === shown ? 0 : who === roster.me ? 2 : 1);
    return roster.seated.map((person) => person.id).sort((a, b) => rank(a) - rank(b));
  }

  #clicked(target) {
    const act = target.closest("button")?.dataset.act;
    const tile = target.closest(".tile");
    if (act === "full") this.#full(tile);
    if (act !== "enlarge") return;
    this.#chosen = tile.dataset.key.replace("screen ", "");
    this.#place();
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
