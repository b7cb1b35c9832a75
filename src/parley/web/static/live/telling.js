/** What happens in the room, told to whoever looks and to whoever listens: in notices, in the chat, and spoken. */

import { say } from "./words.js";

const WRITTEN_DOWN = new Set(["joined", "left", "dropped", "removed", "locked", "unlocked"]);
const REFUSALS = { "not-allowed": "not-allowed", "too-often": "react-too-often" };
const ROLES = { host: "you-are-host", cohost: "you-are-cohost", attendee: "you-are-attendee" };

export class Telling {
  /** @param {{notices: import("./notices.js").Notices, chat: import("./chat.js").Chat}} room */
  constructor({ notices, chat }) {
    Object.assign(this, { notices, chat });
  }

  /** @param {import("./roster.js").News} news @param {import("./roster.js").Roster} roster */
  news({ what, who, name, to }, roster) {
    if (what === "said") {
      this.#said({ who, name, to }, roster);
      return;
    }
    const words = say(`news-${what}`, { name });
    this.notices.announce(words);
    if (WRITTEN_DOWN.has(what)) this.chat.happened(words);
  }

  #said({ who, name, to }, { me, messages }) {
    if (who === me) return;
    this.chat.noteUnread();
    const words = say(to ? "news-said-to-you" : "news-said", { name, text: messages.at(-1).text });
    if (this.chat.isOpen) this.notices.announce(words);
    else this.notices.tell(words, "", "said");
  }

  /** @param {{reason: string, key?: string}} error */
  refused(error) {
    if (error.key) this.chat.refused(error);
    else if (error.event === "unmute") this.notices.tell(say("may-not-unmute"), "warn");
    else if (error.event === "role") this.notices.tell(say("role-refused"), "warn");
    else if (error.event === "admit" && error.reason === "full") this.notices.tell(say("admit-full", error), "warn");
    else if (error.reason in REFUSALS) this.notices.tell(say(REFUSALS[error.reason]), "warn");
  }

  /** @param {string} name of who did it */
  muted(name) {
    this.notices.tell(say(name ? "muted-by" : "muted-by-nobody", { name }), "warn");
  }

  /** A host would like to hear this person. @param {string} name @param {() => void} unmute */
  asked(name, unmute) {
    const run = () => {
      this.notices.hide("asked");
      unmute();
    };
    this.notices.show("asked", { words: say("asked-to-unmute", { name }), act: { words: say("unmute"), run } });
  }

  /** This person has another role. @param {string} role */
  role(role) {
    this.notices.tell(say(ROLES[role]), "ok");
  }

  /** Less is sent to some. @param {string[]} names @param {boolean} soundAlone */
  slower(names, soundAlone) {
    const key = soundAlone ? "pace-sound-alone" : "pace-slower";
    this.notices.hideAbout("pace");
    this.notices.tell(say(names.length > 1 ? `${key}-many` : key, { name: names[0] }), "warn", "pace");
  }

  /** A device is gone. @param {{kind: string, gone: string, now: string | null}} change */
  unplugged({ kind, gone, now }) {
    const words = say(now === null ? `unplugged-${kind}` : "unplugged-other", { gone, now: now ?? "" });
    this.notices.tell(words, "warn");
  }

  /** How the connection to the server is. @param {string} state @param {boolean} known whether this person was in already */
  line(state, known) {
    if (state === "lost") this.notices.show("line", { words: say("line-lost"), kind: "warn" });
    if (state === "connecting" && !known) this.notices.show("connecting", { words: say("line-connecting") });
    if (state !== "open") return;
    this.notices.hide("connecting");
    if (this.notices.hide("line")) this.notices.announce(say("line-back"));
  }

  /** The browser plays no sound before a gesture. @param {boolean} blocked @param {() => void} play */
  soundBlocked(blocked, play) {
    if (!blocked) this.notices.hide("sound");
    else this.notices.show("sound", { words: say("sound-blocked"), kind: "warn", act: { words: say("sound-play"), run: play } });
  }

  /** @param {boolean} on @param {() => void} stop */
  sharing(on, stop) {
    if (!on) this.notices.hide("sharing");
    else this.notices.show("sharing", { words: say("sharing"), kind: "ok", act: { words: say("stop-sharing"), run: stop } });
  }
}
