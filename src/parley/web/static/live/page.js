/** The page of one meeting: before the room, in it, and after it. */

import { Call } from "./call.js";
import { showClosing } from "./closing.js";
import { Devices } from "./devices.js";
import { Files } from "./files.js";
import { JoinForm } from "./join.js";
import { offerLink } from "./link.js";
import { Preview } from "./preview.js";
import { warmUp } from "./peer.js";
import { Recording } from "./recording.js";
import { heldSeat, holdSeat } from "./remembered.js";
import { Room } from "./room.js";

/** How long it may take to hear whether one is in or has to wait, before the room is shown (milliseconds). */
const PATIENCE = 500;

const byId = (id) => document.getElementById(id);

const meeting = { ...JSON.parse(byId("meeting").textContent), csrf: byId("join-form").elements._csrf_token.value };
const theme = document.documentElement.dataset.bsTheme;
const devices = new Devices();
const preview = new Preview(byId("preview"), devices);
const joinForm = new JoinForm({ form: byId("join-form"), waiting: byId("waiting"), standing: byId("standing") }, meeting);
const room = new Room(byId("room"), devices);
const files = new Files(byId("chat"), room, meeting.file_limit);
const recording = new Recording(byId("room"), room, devices, meeting.number);

/** A seat that the server does not know any more is asked for anew, once, without bothering anybody. */
let renewed = false;

function showJoinForm() {
  show("join");
  preview.start();
  joinForm.open();
  devices.open();
  warmUp();
}

/** Who waits outside of the room, as long as nobody lets them in. @type {Call | null} */
let outside = null;

/** Show the room when this person is in, and until then where they wait; where neither is known soon, the room. */
function comeIn(call) {
  const soon = setTimeout(() => goIn(call), PATIENCE);
  const on = (type, act) =>
    call.addEventListener(type, ({ detail }) => {
      clearTimeout(soon);
      act(detail);
    });
  on("in", () => {
    renewed = false;
    goIn(call);
  });
  on("waiting", (door) => waitOutside(call, door));
  on("closed", (end) => room.call === call || over({ ...end, session: null }));
}

function goIn(call) {
  outside = null;
  preview.stop();
  show("room");
  document.documentElement.dataset.bsTheme = "dark";
  if (room.call === call) return;
  room.enter(call);
  recording.enter(call);
  files.enter(call);
}

function waitOutside(call, door) {
  outside = call;
  show("join");
  restoreTheme();
  preview.start();
  joinForm.waitForHost(door);
}

function restoreTheme() {
  if (theme) document.documentElement.dataset.bsTheme = theme;
  else delete document.documentElement.dataset.bsTheme;
}

/** @param {string | Promise<string>} seat */
function open(seat) {
  const call = new Call(seat, devices);
  call.open();
  return call;
}

function show(part) {
  for (const id of ["join", "room", "closing"]) byId(id).hidden = id !== part;
}

/** The call is opened while the seat is still being asked for: who is let in has no time to lose. @type {Call} */
let asking;

joinForm.addEventListener("asking", ({ detail: { seat } }) => {
  const call = open(seat);
  asking = call;
  seat.catch(() => call.leave());
});

joinForm.addEventListener("admitted", ({ detail: { seat } }) => {
  holdSeat(meeting.number, seat);
  comeIn(asking.isOver ? open(seat) : asking);
});

joinForm.addEventListener("back", () => outside?.leave());

room.addEventListener("closed", ({ detail }) => {
  recording.leave();
  over(detail);
});

/** This person is out of the room, or does not wait before it any more. */
function over({ reason, error, session }) {
  const waited = outside !== null;
  outside = null;
  restoreTheme();
  joinForm.keepSeat(reason === "left" && !waited ? heldSeat(meeting.number) : null);
  if (reason !== "seat-taken" && reason !== "full") holdSeat(meeting.number, null);
  if ((reason === "seat-unknown" || (reason === "ended" && !session && !waited)) && !renewed) {
    renewed = true;
    showJoinForm();
    if (joinForm.complete) joinForm.ask();
    return;
  }
  if (waited && (reason === "left" || reason === "ended")) {
    showJoinForm();
    joinForm.look();
    return;
  }
  devices.close();
  show("closing");
  showClosing(byId("closing"), { reason, title: meeting.title, session, limit: error?.limit, again: () => comeBack() });
}

/** From the closing page: with the seat that is still held, else by the join form. */
function comeBack() {
  const seat = heldSeat(meeting.number);
  if (!seat) {
    showJoinForm();
    joinForm.look();
    return;
  }
  devices.open();
  show("");
  comeIn(open(seat));
}

offerLink(byId("room"), meeting.link);
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

const held = heldSeat(meeting.number);
if (held) {
  devices.open();
  show("");
  comeIn(open(held));
} else {
  showJoinForm();
}
