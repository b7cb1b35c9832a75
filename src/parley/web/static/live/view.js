/** How this person looks at the others: all alike or who speaks large, somebody pinned, with or without pictures. */

import { keepLayout, layoutChoice } from "./remembered.js";
import { ActiveSpeaker } from "./speaker.js";
import { screenOf } from "./tiles.js";

/** Heights of a picture that others are asked for: what is shown small need not come large. */
const HEIGHTS = [180, 360, 720];
const LENIENT = 1.15;
const RECORDED = 360;

export class View {
  layout = layoutChoice();
  /** @type {string | null} the tile that this person chose to see large */
  pinned = null;
  soundOnly = false;
  /** Whether this page records: then the pictures are needed, whether anybody looks here or not. */
  records = false;
  #speaker = new ActiveSpeaker();

  /** @param {"grid" | "speaker"} layout */
  setLayout(layout) {
    this.layout = layout;
    keepLayout(layout);
  }

  /** See this tile large, or no longer. @param {string} key */
  pin(key) {
    this.pinned = this.pinned === key ? null : key;
  }

  /** @param {Set<string>} speaking @param {string} me @param {number} now @returns {boolean} whether another is large now */
  listen(speaking, me, now) {
    const others = [...speaking].filter((who) => who !== me);
    return this.#speaker.listen(others, now) && this.layout === "speaker";
  }

  /**
   * The tile that is large: what one chose oneself, whom the host lit, a shared screen, who speaks.
   * @param {import("./roster.js").Roster} roster @param {string[]} screens whose screens can be seen
   * @returns {string | null}
   */
  stage(roster, screens) {
    const { people, spotlight, others } = roster;
    const keys = new Set([...people.keys(), ...screens.map(screenOf)]);
    if (!keys.has(this.pinned)) this.pinned = null;
    if (this.pinned) return this.pinned;
    if (spotlight && people.has(spotlight)) return spotlight;
    if (screens.length > 0) return screenOf(screens.at(-1));
    if (this.layout === "grid" || others.length < 2) return null;
    return people.has(this.#speaker.who) ? this.#speaker.who : others[0].id;
  }

  /**
   * How high the pictures of everybody else are wanted: 0 is not at all.
   * @param {import("./roster.js").Roster} roster @param {Map<string, number>} heights of the tiles, in pixels
   * @param {boolean} floats whether a small window shows somebody while this page is hidden
   * @returns {Map<string, number>}
   */
  wishes(roster, heights, floats) {
    const unseen = !this.records && (this.soundOnly || (document.hidden && !floats));
    const least = this.records ? RECORDED : 0;
    return new Map(roster.others.map(({ id }) => [id, unseen ? 0 : Math.max(least, wanted(heights.get(id) ?? 0))]));
  }
}

const wanted = (height) => HEIGHTS.find((one) => height * devicePixelRatio <= one * LENIENT) ?? HEIGHTS.at(-1);
