/** Who is in the room and what was said: the one state that every view is drawn from. Knows no page and no socket. */

/** @typedef {{microphone: boolean, camera: boolean, screen: boolean}} Media */
/**
 * @typedef {object} Person
 * @property {string} id
 * @property {string} name
 * @property {"host" | "cohost" | "attendee"} role
 * @property {boolean} user
 * @property {boolean} invited a guest by a personal link of their own
 * @property {string | null} link_of whose personal link they came by, where it is somebody else's
 * @property {boolean} link_shared their personal link was open on another device when they came
 * @property {Media} media
 * @property {string | null} hand when the hand was raised
 * @property {boolean} away the connection is lost, the seat is kept
 * @property {string} joined_at
 * @property {string | null} instance the run of their page; null while the server does not know it
 */
/** @typedef {{id: string, who: string, name: string, text: string, sent_at: string, key?: string, to?: string | null}} Message `to` whom alone */
/** @typedef {{what: string, who: string, name: string, to?: string | null}} News something that the people in the room want to be told */

const HANDLERS = {
  welcome(roster, { you, resumed, room, people, messages, limits, spotlight, house, waiting }) {
    Object.assign(roster, { me: you, room, limits: limits ?? {}, spotlight: spotlight ?? null, house, waiting });
    roster.people = new Map(people.map((person) => [person.id, roster.remembered(person)]));
    if (!resumed) roster.messages = [];
    for (const message of messages ?? []) roster.keep(message);
    roster.screens = roster.screens.filter((who) => roster.people.has(who));
    for (const person of roster.people.values()) roster.track(person.id, person.media.screen);
    return [];
  },
  joined(roster, { person }) {
    if (roster.people.get(person.id)?.joined_at === person.joined_at) return [];
    roster.people.set(person.id, person);
    roster.track(person.id, person.media.screen);
    return [news("joined", person)];
  },
  left(roster, { who, reason }) {
    const person = roster.people.get(who);
    roster.people.delete(who);
    roster.track(who, false);
    if (roster.spotlight === who) roster.spotlight = null;
    return person ? [news(reason === "removed" ? "removed" : reason === "lost" ? "dropped" : "left", person)] : [];
  },
  away: (roster, { who }) => roster.change(who, { away: true }, "away"),
  back(roster, { who, person }) {
    roster.track(who, person.media.screen);
    return roster.change(who, person, "back");
  },
  role: (roster, { who, role }) => roster.change(who, { role }, `role-${role}`),
  house(roster, { house, by }) {
    const { locked } = roster.house;
    roster.house = house;
    const person = roster.people.get(by);
    return person && locked !== house.locked ? [news(house.locked ? "locked" : "unlocked", person)] : [];
  },
  lobby(roster, { people }) {
    roster.waiting = people;
    return [];
  },
  media(roster, { who, microphone, camera, screen }) {
    const before = roster.people.get(who)?.media.screen;
    roster.change(who, { media: { microphone, camera, screen } });
    roster.track(who, screen);
    const person = roster.people.get(who);
    return person && before !== screen ? [news(screen ? "sharing" : "stopped-sharing", person)] : [];
  },
  spotlight(roster, { who }) {
    const person = roster.people.get(who);
    const known = roster.spotlight === who;
    roster.spotlight = who;
    return person && !known ? [news("spotlight", person)] : [];
  },
  hand: (roster, { who, raised_at }) => roster.change(who, { hand: raised_at }, raised_at ? "hand" : undefined),
  said(roster, { message }) {
    const known = roster.messages.some((kept) => kept.id === message.id);
    roster.keep(message);
    return known ? [] : [{ what: "said", who: message.who, name: message.name, to: message.to }];
  },
};

/** @returns {News} */
const news = (what, person) => ({ what, who: person.id, name: person.name });

export class Roster {
  /** @type {string} the participant that this page is */
  me = "";
  /** @type {{title: string, number?: string, started_at: string, host?: string}} */
  room = { title: "", started_at: "" };
  /** @type {{publishers?: number, beat_seconds?: number, seat_seconds?: number, text?: number}} */
  limits = {};
  /** @type {Map<string, Person>} */
  people = new Map();
  /** @type {Message[]} */
  messages = [];
  /** @type {string | null} whom everybody sees large */
  spotlight = null;
  /** What hosts decided about the room. @type {{lobby: "off" | "guests" | "everyone", locked: boolean, may_unmute: boolean}} */
  house = { lobby: "off", locked: false, may_unmute: true };
  /** @type {{id: string, name: string, user: boolean, since: string}[]} who waits to be let in; told to hosts and co-hosts */
  waiting = [];
  /** @type {string[]} who shares a screen, the latest last */
  screens = [];

  /**
   * Take one event of the live protocol; one that is heard twice changes nothing the second time.
   * @param {{type: string} & Record<string, any>} event
   * @returns {News[]}
   */
  hear(event) {
    return HANDLERS[event.type]?.(this, event) ?? [];
  }

  /** @returns {Person | undefined} */
  get self() {
    return this.people.get(this.me);
  }

  /** Whether this person may mute and remove others and end the meeting. */
  get leads() {
    return this.self?.role === "host" || this.self?.role === "cohost";
  }

  /** Everybody, in the order in which they came. @returns {Person[]} */
  get seated() {
    return [...this.people.values()].sort((a, b) => a.joined_at.localeCompare(b.joined_at) || (a.id < b.id ? -1 : 1));
  }

  /** Everybody but oneself. */
  get others() {
    return this.seated.filter((person) => person.id !== this.me);
  }

  /** Raised hands, the one that waits longest first. */
  get hands() {
    return this.seated.filter((person) => person.hand).sort((a, b) => a.hand.localeCompare(b.hand));
  }

  /** @param {string} who @param {Partial<Person>} changes @param {string} [what] @returns {News[]} */
  change(who, changes, what) {
    const person = this.people.get(who);
    if (!person) return [];
    const same = Object.entries(changes).every(([key, value]) => person[key] === value);
    this.people.set(who, { ...person, ...changes });
    return what && !same ? [news(what, person)] : [];
  }

  /** A server that started again does not know yet what somebody publishes; we do. @param {Person} person @returns {Person} */
  remembered(person) {
    const before = this.people.get(person.id);
    return person.away && person.instance === null && before ? { ...person, media: before.media } : person;
  }

  /** @param {string} who @param {boolean} shares */
  track(who, shares) {
    if (shares && !this.screens.includes(who)) this.screens.push(who);
    if (!shares) this.screens = this.screens.filter((other) => other !== who);
  }

  /** @param {Message} message */
  keep(message) {
    if (!this.messages.some((kept) => kept.id === message.id)) this.messages.push(message);
  }
}
