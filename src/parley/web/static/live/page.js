/** The page of one meeting: before the room, in it, and after it. */

import { Call } from "./call.js";
import { showClosing } from "./closing.js";
import { Devices } from "./devices.js";
import { JoinForm } from "./join.js";
import { offerLink } from "./link.js";
import { Preview } from "./preview.js";
import { warmUp } from "./peer.js";
import { Recording } from "./recording.js";
import { heldSeat, holdSeat } from "./remembered.js";
import { Room } from "./room.js";

const byId = (id) => document.getElementById(id);

const meeting = { ...JSON.parse(byId("meeting").textContent), csrf: byId("join-form").elements._csrf_token.value };
const theme = document.documentElement.dataset.bsTheme;
const devices = new Devices();
const preview = new Preview(byId("preview"), devices);
const joinForm = new JoinForm({ form: byId("join-form"), waiting: byId("waiting"), standing: byId("standing") }, meeting);
const room = new Room(byId("room"), devices);
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

function goIn(call) {
  preview.stop();
  show("room");
  document.documentElement.dataset.bsTheme = "dark";
  room.enter(call);
  recording.enter(call);
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
  goIn(asking.isOver ? open(seat) : asking);
});

room.addEventListener("closed", ({ detail: { reason, error, session } }) => {
  recording.leave();
  if (theme) document.documentElement.dataset.bsTheme = theme;
  else delete document.documentElement.dataset.bsTheme;
  if (reason !== "seat-taken" && reason !== "full") holdSeat(meeting.number, null);
  if (reason === "seat-unknown" && !renewed) {
    renewed = true;
    showJoinForm();
    if (joinForm.complete) joinForm.ask();
    return;
  }
  devices.close();
  show("closing");
  showClosing(byId("closing"), { reason, title: meeting.title, session, limit: error?.limit, again: () => comeBack() });
});

/** From the closing page: with the seat that is still held, else by the join form. */
function comeBack() {
  const seat = heldSeat(meeting.number);
  if (!seat) {
    showJoinForm();
    joinForm.look();
    return;
  }
  devices.open();
  goIn(open(seat));
}

offerLink(byId("room"), meeting.link);
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

const held = heldSeat(meeting.number);
if (held) {
  devices.open();
  goIn(open(held));
} else {
  showJoinForm();
}
