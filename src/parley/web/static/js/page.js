/** What pages can do beyond HTML. Every form works without any of this. */
import { offerChoosing } from "./choosing.js";
import { offerCopying } from "./copy.js";
import { offerRepeating } from "./repeat.js";
import { keepLength } from "./span.js";
import { fillZone } from "./zone.js";

/** A field that is usually typed anew is selected when it is entered. */
function selectOnEntry(field) {
  field.addEventListener("focus", () => field.select());
}

/** A form is sent once, however often its button is pressed; coming back to the page it can be sent again. */
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
}

/** Where tabs do not fit, the one that is open is in sight. */
function show(tab) {
  const row = tab.parentElement;
  row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

for (const tab of document.querySelectorAll(".subnav [aria-current]")) show(tab);
for (const button of document.querySelectorAll("[data-copy]")) offerCopying(button);
for (const field of document.querySelectorAll("[data-retype]")) selectOnEntry(field);
for (const root of document.querySelectorAll("[data-choosing]")) offerChoosing(root);
for (const root of document.querySelectorAll("[data-repeat]")) offerRepeating(root);
for (const form of document.querySelectorAll("form[method=post]")) sendOnce(form);
for (const field of document.querySelectorAll("[data-own-zone]")) fillZone(field);
for (const field of document.querySelectorAll("[data-start]")) keepLength(field, field.form.querySelector("[data-end]"));
for (const choice of document.querySelectorAll("[data-at-once]")) choice.addEventListener("change", () => choice.form.submit());
