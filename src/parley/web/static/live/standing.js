/** Where a meeting stands, as its join page shows it: planned, live, over or cancelled, and when. */

import { part, setText } from "./markup.js";
import { clockTime, dayOf, say } from "./words.js";

export class Standing {
  /** Whether the meeting was live while this page was open: then whoever reads was in it, or could have been. */
  #wasLive = false;

  /** @param {HTMLElement} root @param {object} meeting the page's facts about it */
  constructor(root, meeting) {
    Object.assign(this, { root, meeting });
    this.show(meeting.standing);
    this.#sayOwnTime();
  }

  /** @returns {"planned" | "live" | "ended" | "cancelled"} */
  get stage() {
    return this.now.stage;
  }

  /** Whether this person starts the meeting by coming in. */
  get starts() {
    return this.now.starts;
  }

  /** Why nobody comes in now; `over` is what never took place, and `ended` also a rehearsal a moment ago. */
  get why() {
    const { stage } = this.now;
    if (stage === "cancelled") return stage;
    return this.ended ? "ended" : stage === "ended" ? "over" : "planned";
  }

  /** When it ended, in words; empty where it did not. Of a rehearsal only who saw it live is told. */
  get ended() {
    const { ended_at: at, stage } = this.now;
    if (!at || (stage === "planned" && !this.#wasLive)) return "";
    const { zone } = this.meeting;
    const [day, time] = [dayOf(at, zone), clockTime(at, zone)];
    return day === dayOf(new Date(), zone) ? say("ended-today", { time }) : say("ended-on", { day, time });
  }

  /** Ask the server anew; without an answer everything stays as it was. */
  async look() {
    const told = await fetch(`${this.meeting.path}/stage`, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null);
    if (told) this.show(told);
  }

  /** @param {{stage: string, ended_at: string | null, starts: boolean}} now */
  show(now) {
    this.now = now;
    const { stage } = now;
    this.#wasLive ||= stage === "live";
    part(this.root, "live").hidden = stage !== "live";
    part(this.root, "over").hidden = stage !== "ended" && !this.ended;
    part(this.root, "cancelled").hidden = stage !== "cancelled";
    part(this.root, "planned").hidden = stage === "live" || (stage === "ended" && this.ended !== "");
    part(this.root, "over-chip").hidden = stage !== "ended";
    setText(part(this.root, "ended"), this.ended);
  }

  /** A guest reads the planned time also as it is where they are, when that is another. */
  #sayOwnTime() {
    const { starts_at: start, ends_at: end, time_zone: there, zone } = this.meeting;
    if (zone) return;
    const same = clockTime(start) === clockTime(start, there) && dayOf(start) === dayOf(start, there);
    const moved = dayOf(start) !== dayOf(start, there);
    const time = `${clockTime(start)} – ${clockTime(end)}`;
    setText(part(this.root, "own-time"), say(moved ? "own-day-and-time" : "own-time", { day: dayOf(start), time }));
    part(this.root, "own-time").hidden = same;
  }
}
