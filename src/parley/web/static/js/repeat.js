/** Of how a meeting repeats only what goes with the choice is shown; without this, all of it is. */

/** The day of the week of a date as its field writes it, 0 for Monday. */
const weekday = (written) => (new Date(`${written}T00:00:00Z`).getUTCDay() + 6) % 7;

/** @param {HTMLElement} root what asks how a meeting repeats */
export function offerRepeating(root) {
  const repeats = root.querySelector("[name=repeats]");
  const ends = root.querySelector("[name=ends]");
  const date = root.closest("form").querySelector("[name=date]");
  const days = [...root.querySelectorAll("[name=days]")];
  const show = () => {
    const kind = repeats.value;
    root.querySelector("[data-repeat-more]").hidden = !kind || kind === "rule";
    for (const part of root.querySelectorAll("[data-kinds]")) {
      part.closest(".field").hidden = !part.dataset.kinds.split(" ").includes(kind);
    }
    for (const part of root.querySelectorAll("[data-ends]")) part.closest(".field").hidden = part.dataset.ends !== ends.value;
    if (kind === "weekly" && date.value && !days.some((day) => day.checked)) days[weekday(date.value)].checked = true;
  };
  let before = date.value;
  date.addEventListener("change", () => {
    const checked = days.filter((day) => day.checked);
    if (before && date.value && checked.length === 1 && checked[0] === days[weekday(before)]) {
      checked[0].checked = false;
      days[weekday(date.value)].checked = true;
    }
    before = date.value;
  });
  repeats.addEventListener("change", show);
  ends.addEventListener("change", show);
  show();
}
