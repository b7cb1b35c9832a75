/** The page of one meeting: in front of the door, in the room, and after it. */

import { Call } from "./call.js";
import { showClosing } from "./closing.js";
import { Devices } from "./devices.js";
import { Door } from "./door.js";
import { offerLink } from "./link.js";
import { Mirror } from "./mirror.js";
import { warmUp } from "./peer.js";
import { heldSeat, holdSeat } from "./remembered.js";
import { Room } from "./room.js";

const byId = (id) => document.getElementById(id);

const meeting = { ...JSON.parse(byId("meeting").textContent), csrf: byId("door").elements._csrf_token.value };
const theme = document.documentElement.dataset.bsTheme;
const devices = new Devices();
const mirror = new Mirror(byId("mirror"), devices);
const door = new Door({ form: byId("door"), waiting: byId("waiting"), standing: byId("standing") }, meeting);
const room = new Room(byId("room"), devices);

/** A seat that the server does not know any more is asked for anew, once, without bothering anybody. */
let renewed = false;

function standAtDoor() {
  show("join");
  mirror.start();
  door.open();
  devices.open();
  warmUp();
}

function goIn(call) {
  mirror.stop();
  show("room");
  document.documentElement.dataset.bsTheme = "dark";
  room.enter(call);
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
let knocking;

door.addEventListener("knocking", ({ detail: { seat } }) => {
  const call = open(seat);
  knocking = call;
  seat.catch(() => call.leave());
});

door.addEventListener("admitted", ({ detail: { seat } }) => {
  holdSeat(meeting.number, seat);
  goIn(knocking.isOver ? open(seat) : knocking);
});

room.addEventListener("closed", ({ detail: { reason, error, session } }) => {
  if (theme) document.documentElement.dataset.bsTheme = theme;
  else delete document.documentElement.dataset.bsTheme;
  if (reason !== "seat-taken" && reason !== "full") holdSeat(meeting.number, null);
  if (reason === "seat-unknown" && !renewed) {
    renewed = true;
    standAtDoor();
    if (door.complete) door.knock();
    return;
  }
  devices.close();
  show("closing");
  showClosing(byId("closing"), { reason, title: meeting.title, session, limit: error?.limit, again: () => comeBack() });
});

/** From the closing page: with the seat that is still held, else by the door. */
function comeBack() {
  const seat = heldSeat(meeting.number);
  if (!seat) {
    standAtDoor();
    door.look();
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
  standAtDoor();
}
