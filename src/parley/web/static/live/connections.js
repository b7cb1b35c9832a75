/** How the line to everybody is, in figures, and drawn over the last minutes. */

import { copy, part, setIcon, setText } from "./markup.js";
import { say } from "./words.js";

const WIDE = 100;
const HIGH = 24;

/** What is drawn of a line: a figure in words, and the height at which its curve is full. */
const CURVES = {
  "round-trip": { value: (look) => look.roundTrip * 1_000, full: 400, unit: "ms" },
  loss: { value: (look) => Math.max(look.loss, look.sentLoss) * 100, full: 20, unit: "%" },
  received: { value: (look) => look.received, full: 1_500, unit: "kbit/s" },
  sent: { value: (look) => look.sent, full: 1_500, unit: "kbit/s" },
  frames: { value: (look) => look.frames, full: 30, unit: "/ s" },
};

export class Connections {
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();

  /** @param {HTMLDialogElement} dialog @param {import("./watch.js").Watch} watch */
  constructor(dialog, watch) {
    Object.assign(this, { dialog, watch });
    this.list = part(dialog, "list");
  }

  /** @param {import("./roster.js").Roster} roster */
  open(roster) {
    this.dialog.showModal();
    this.draw(roster);
  }

  /** Bring it in step, where it is looked at. @param {import("./roster.js").Roster} roster */
  draw(roster) {
    if (!this.dialog.open) return;
    for (const [who, row] of this.#rows) if (!roster.people.has(who)) this.#remove(who, row);
    for (const person of roster.others) this.#drawRow(person);
    part(this.dialog, "nobody").hidden = roster.others.length > 0;
  }

  #remove(who, row) {
    row.remove();
    this.#rows.delete(who);
  }

  #drawRow({ id, name }) {
    const row = this.#rows.get(id) ?? this.#row(id);
    const { lines, pace } = this.watch;
    const level = lines.level(id);
    setText(part(row, "name"), name);
    setIcon(part(row, "level"), `reception-${level}`);
    part(row, "level").dataset.level = String(level);
    setText(part(row, "level-words"), say(`line-${level}`));
    setText(part(row, "step"), say(`step-${pace.step(id)}`));
    const looks = lines.history(id);
    for (const [name, curve] of Object.entries(CURVES)) drawCurve(part(row, name), looks, curve);
  }

  #row(who) {
    const row = copy("connection");
    this.#rows.set(who, row);
    this.list.append(row);
    return row;
  }
}

function drawCurve(cell, looks, { value, full, unit }) {
  const values = looks.map(value);
  const now = values.at(-1);
  setText(part(cell, "value"), now === undefined ? "–" : `${rounded(now)} ${unit}`);
  const most = Math.max(full, ...values);
  const step = WIDE / Math.max(1, values.length - 1);
  const points = values.map((one, at) => `${(at * step).toFixed(1)},${(HIGH - 1 - (one / most) * (HIGH - 2)).toFixed(1)}`);
  cell.querySelector("polyline").setAttribute("points", points.join(" "));
}

const rounded = (value) => (value < 10 && value % 1 ? value.toFixed(1) : String(Math.round(value)));
