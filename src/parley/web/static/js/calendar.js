/**
 * Draws a month or a week over the list that stands in the page: what is drawn leads on, what may be changed can be
 * dragged to another time, and a free time is where something new begins. On narrow screens the list stays.
 */

const WIDE = "(min-width: 721px)";
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SHORT = 45 * MINUTE;
const LOCALES = { en: "en-GB" };
const VIEWS = { month: "dayGridMonth", week: "timeGridWeek" };

/** Times are those on the reader's wall; they are counted with as if that were UTC, which knows no clock changes. */
const counted = (written) => Date.parse(`${written}Z`);
const written = (count) => new Date(count).toISOString().slice(0, 19);
const length = ({ days = 0, seconds = 0 }) => days * DAY + seconds * 1000;

const element = (name, className, text = "") => Object.assign(document.createElement(name), { className, textContent: text });

/** Where an entry leads: what was held to its record, everything else to the meeting. */
function address(entry, whose) {
  if (entry.more) return `?${new URLSearchParams({ view: "agenda", on: entry.start.slice(0, 10), whose })}#day-${entry.start.slice(0, 10)}`;
  return entry.session && entry.stage === "ended" ? `/history/${entry.session}` : `/meetings/${entry.meeting}`;
}

class Drawing {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.said = document.getElementById("said");
    this.asking = document.getElementById("reach");
    this.locale = LOCALES[this.words.language] ?? this.words.language;
    this.day = new Intl.DateTimeFormat(this.locale, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
    this.query = new URLSearchParams({ view: this.words.view, on: this.words.on, whose: this.words.whose });
  }

  async show() {
    const events = await this.load();
    if (!events) {
      document.getElementById("listed").classList.remove("only-plain");
      return this.say(this.words.failed, "bad");
    }
    this.root.hidden = false;
    this.calendar = EventCalendar.create(this.root, this.options(events));
    this.root.addEventListener("click", (click) => this.dragged && click.preventDefault(), true);
    this.tidy();
  }

  /** The drawing calls itself a table without being one in its order: it is days, and links that say their own. */
  tidy() {
    for (const part of this.root.querySelectorAll("*")) {
      for (const { name } of [...part.attributes]) if (/^role$|^aria-(?!hidden)/.test(name)) part.removeAttribute(name);
    }
  }

  async load() {
    try {
      const answer = await fetch(`/meetings/calendar/entries?${this.query}`);
      const { entries, more } = await answer.json();
      const rest = Object.entries(more).map(([day, count]) => this.rest(day, count));
      return [...entries.map((entry, place) => this.event(entry, place)), ...rest];
    } catch {
      return null;
    }
  }

  event(entry, place) {
    const short = counted(entry.end) - counted(entry.start) < SHORT && "short";
    const names = [entry.stage ?? "planned", entry.overlaps && "overlapping", short].filter(Boolean);
    return {
      id: String(place),
      title: entry.title,
      start: entry.start,
      end: entry.end,
      allDay: false,
      editable: Boolean(entry.may_change),
      classNames: names,
      extendedProps: entry,
    };
  }

  /** Stands for those that are left out of a day on which much takes place. */
  rest(day, count) {
    const title = this.words.more.replace("%n", count);
    return { id: day, title, start: day, end: day, allDay: true, editable: false, classNames: ["rest"], extendedProps: { more: true, start: day } };
  }

  options(events) {
    const plans = "plans" in this.words;
    return {
      view: VIEWS[this.words.view],
      date: this.words.on,
      timeZone: this.words.offset,
      locale: this.locale,
      height: "100%",
      slotLabelFormat: { hour: "2-digit", minute: "2-digit" },
      firstDay: Number(this.words.firstDay),
      headerToolbar: { start: "", center: "", end: "" },
      buttonText: (usual) => ({ ...usual, close: this.words.close }),
      moreLinkContent: ({ num }) => this.words.more.replace("%n", num),
      dayMaxEvents: true,
      allDaySlot: events.some((event) => event.allDay),
      allDayContent: "",
      dayHeaderFormat: this.words.view === "week" ? { weekday: "short", day: "numeric" } : { weekday: "short" },
      nowIndicator: true,
      scrollTime: "07:30",
      slotDuration: "00:30",
      slotHeight: 28,
      snapDuration: "00:15",
      selectable: plans && this.words.view === "week",
      selectMinDistance: 5,
      eventOrder: (one, other) => Number(one.allDay) - Number(other.allDay) || one.start - other.start,
      events,
      eventContent: (info) => this.content(info),
      eventDragStart: () => (this.dragged = true),
      eventDragStop: () => setTimeout(() => (this.dragged = false)),
      eventResizeStart: () => (this.dragged = true),
      eventResizeStop: () => setTimeout(() => (this.dragged = false)),
      dateClick: plans ? ({ dateStr, allDay }) => this.plan(dateStr, allDay) : undefined,
      select: ({ startStr, endStr }) => this.plan(startStr, false, endStr),
      eventDrop: (info) => this.moved(info, length(info.delta), length(info.delta)),
      eventResize: (info) => this.moved(info, length(info.startDelta ?? {}), length(info.endDelta ?? info.delta ?? {})),
    };
  }

  /** A link that says its day and its state to those who do not see where it stands. */
  content({ event }) {
    const entry = event.extendedProps;
    const link = Object.assign(element("a", "entry"), { href: address(entry, this.words.whose), draggable: false });
    const day = new Date(counted(`${entry.start.slice(0, 10)}T00:00:00`));
    link.append(element("span", "visually-hidden", `${this.day.format(day)} `));
    if (!entry.more) link.append(element("time", "entry-time", entry.start.slice(11, 16)), " ");
    link.append(element("span", "entry-title", event.title));
    const states = [{ live: this.words.live, ended: this.words.over }[entry.stage], entry.overlaps && this.words.overlaps];
    for (const state of states.filter(Boolean)) link.append(" ", element("span", "entry-state", state));
    return { domNodes: [link] };
  }

  plan(start, isDay, end) {
    const asked = new URLSearchParams({ on: start.slice(0, 10) });
    if (!isDay) asked.set("start", start.slice(11, 16));
    if (end && end.slice(0, 10) === start.slice(0, 10)) asked.set("end", end.slice(11, 16));
    location.assign(`/meetings/new?${asked}`);
  }

  async moved(info, startBy, endBy) {
    const entry = info.event.extendedProps;
    const reach = entry.original_start ? await this.ask() : "one";
    if (!reach) return info.revert();
    const [start, end] = [written(counted(entry.start) + startBy), written(counted(entry.end) + endBy)];
    const answer = await this.post(entry.meeting, { start, end, reach, version: entry.version, original_start: entry.original_start ?? "" });
    if (!answer.version) {
      info.revert();
      return this.say(answer.words, "warn");
    }
    await this.redraw();
    const back = { start: entry.start, end: entry.end, reach, version: answer.version, original_start: answer.original_start ?? "" };
    this.say(answer.words, "ok", () => this.takeBack(entry.meeting, back));
  }

  async takeBack(meeting, fields) {
    const answer = await this.post(meeting, fields);
    await this.redraw();
    this.say(answer.words, answer.version ? "ok" : "warn");
  }

  async redraw() {
    const events = await this.load();
    if (!events) return;
    this.calendar.setOption("events", events);
    this.tidy();
  }

  /** How much of a series is moved; nothing when somebody thinks better of it. */
  ask() {
    this.asking.returnValue = "";
    this.asking.showModal();
    const chosen = () => (this.asking.returnValue ? this.asking.querySelector(":checked").value : "");
    return new Promise((resolve) => this.asking.addEventListener("close", () => resolve(chosen()), { once: true }));
  }

  async post(meeting, fields) {
    const proof = this.asking.querySelector("[name=_csrf_token]").value;
    try {
      const body = new URLSearchParams({ ...fields, _csrf_token: proof });
      return await (await fetch(`/meetings/${meeting}/move`, { method: "POST", body })).json();
    } catch {
      return { words: this.words.failed };
    }
  }

  say(words, kind, undo) {
    const notice = element("div", `notice ${kind} mb-3`);
    notice.append(element("span", "", words));
    if (undo) {
      const button = Object.assign(element("button", "btn-plain ms-auto", this.words.undo), { type: "button" });
      button.addEventListener("click", undo, { once: true });
      notice.append(button);
    }
    this.said.replaceChildren(notice);
  }
}

const root = document.getElementById("drawing");
const wide = matchMedia(WIDE);
if (root && wide.matches) new Drawing(root).show();
else if (root) wide.addEventListener("change", () => new Drawing(root).show(), { once: true });
