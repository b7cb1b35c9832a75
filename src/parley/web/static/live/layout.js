/** Where everybody sits: pure geometry from who is shown and how much room there is to rectangles. */

/** @typedef {{x: number, y: number, width: number, height: number}} Box */
/** @typedef {Box & {as: "tile" | "stage" | "inset" | "strip"}} Place */

const GAP = 8;
const WIDE = 16 / 9;
const NARROW = 4 / 5;
const SCREEN = 16 / 10;
const STAGES = { screen: SCREEN, face: WIDE };

/**
 * The grid whose tiles show the most of `count` people: a tile counts only up to the shape of a camera's picture.
 * @param {number} count @param {Box} box
 * @returns {Box[]} a last row that is not full is centered, and its tiles grow into the room that is left
 */
export function grid(count, box) {
  let best = { seen: -1, columns: 1, rows: count, width: 0, height: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const width = (box.width - GAP * (columns - 1)) / columns;
    const height = (box.height - GAP * (rows - 1)) / rows;
    const seen = Math.min(width, height * WIDE) * Math.min(height, width / NARROW);
    if (seen > best.seen) best = { seen, columns, rows, width, height };
  }
  return Array.from({ length: count }, (_, at) => cell(at, count, best, box));
}

/** @returns {Box} */
function cell(at, count, { columns, rows, width, height }, box) {
  const row = Math.floor(at / columns);
  const inRow = row === rows - 1 ? count - row * columns : columns;
  const share = (box.width - GAP * (inRow - 1)) / inRow;
  const wide = Math.max(width, Math.min(share, height * WIDE));
  const shift = (box.width - inRow * wide - GAP * (inRow - 1)) / 2;
  return { x: box.x + shift + (at % columns) * (wide + GAP), y: box.y + row * (height + GAP), width: wide, height };
}

/**
 * A large stage and everybody on the right or below, wherever more of what is on the stage is seen.
 * @param {number} count @param {Box} box @param {number} shape of what is on the stage
 * @returns {{stage: Box, strip: Box[]}}
 */
export function stageAndStrip(count, box, shape) {
  if (box.height > box.width) return underStage(count, box, shape);
  const [beside, below] = [besideStage(count, box), belowStage(count, box)];
  const shown = ({ width, height }) => Math.min(width, height * shape);
  return shown(beside.stage) >= shown(below.stage) ? beside : below;
}

function besideStage(count, box) {
  const width = Math.min(Math.max(box.width * 0.18, 140), 260);
  const height = Math.min(width / WIDE, (box.height - GAP * (count - 1)) / count);
  const x = box.x + box.width - width;
  const strip = Array.from({ length: count }, (_, at) => ({ x, y: box.y + at * (height + GAP), width, height }));
  return { stage: { ...box, width: box.width - width - GAP }, strip };
}

function belowStage(count, box) {
  const width = Math.min((box.width - GAP * (count - 1)) / count, 220);
  const height = Math.min(Math.max(width / WIDE, 84), box.height * 0.25);
  const y = box.y + box.height - height;
  const left = box.x + (box.width - count * width - GAP * (count - 1)) / 2;
  const strip = Array.from({ length: count }, (_, at) => ({ x: left + at * (width + GAP), y, width, height }));
  return { stage: { ...box, height: box.height - height - GAP }, strip };
}

/** A tall room: what is on the stage takes its width, people all the rest. */
function underStage(count, box, shape) {
  const height = Math.max(box.width / shape, box.height * 0.4);
  const rest = { ...box, y: box.y + height + GAP, height: box.height - height - GAP };
  return { stage: { ...box, height }, strip: grid(count, rest) };
}

/** Nobody else to look at: oneself, with room below it for the way to invite somebody. @param {Box} box @returns {Box} */
function alone(box) {
  const shape = box.width < box.height ? NARROW : WIDE;
  const height = Math.min(box.height * 0.56, (box.width * 0.94) / shape, 420);
  const width = height * shape;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height * 0.76 - height) / 2, width, height };
}

/** A small picture of oneself in the corner of the other person's large one. @param {Box} box @returns {Box} */
function inset(box) {
  const width = Math.min(Math.max(box.width * 0.2, 104), 256);
  const height = box.width < box.height ? width / NARROW : width / WIDE;
  const edge = 12;
  return { x: box.x + box.width - width - edge, y: box.y + box.height - height - edge, width, height };
}

/**
 * Seat everybody: one takes the stage; two people see each other large; more share the room equally.
 * @param {{people: string[], me: string, stage: string | null, kind?: "screen" | "face", width: number, height: number}} wanted
 *   `people` are the keys of all tiles but the one on the stage, oneself included; `kind` says what is on the stage.
 * @returns {Map<string, Place>}
 */
export function arrange({ people, me, stage, kind = "screen", width, height }) {
  const box = { x: 0, y: 0, width, height };
  if (kind === "face" && people.length === 0) return new Map([[stage, { ...alone(box), as: "tile" }]]);
  if (kind === "face" && people.length === 1) return facing(stage, people[0], box);
  if (stage !== null) return onStage(people, stage, box, STAGES[kind]);
  const others = people.filter((who) => who !== me);
  if (people.length === 1) return new Map([[people[0], { ...alone(box), as: "tile" }]]);
  if (others.length === 1 && people.length === 2) return facing(others[0], me, box);
  const boxes = grid(people.length, box);
  return new Map(people.map((who, at) => [who, { ...boxes[at], as: "tile" }]));
}

/** One large, the other in the corner. @returns {Map<string, Place>} */
function facing(large, small, box) {
  return new Map([
    [large, { ...box, as: "tile" }],
    [small, { ...inset(box), as: "inset" }],
  ]);
}

function onStage(people, stage, box, shape) {
  const seats = stageAndStrip(people.length, box, shape);
  /** @type {Map<string, Place>} */
  const places = new Map([[stage, { ...seats.stage, as: "stage" }]]);
  people.forEach((who, at) => places.set(who, { ...seats.strip[at], as: "strip" }));
  return places;
}
