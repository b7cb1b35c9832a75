/** Of how a meeting repeats only what goes with the choice is shown; without this, all of it is. */

/** @param {HTMLElement} root what asks how a meeting repeats */
export function offerRepeating(root) {
  const repeats = root.querySelector("[name=repeats]");
  const ends = root.querySelector("[name=ends]");
  const date = root.closest("form").querySelector("[name=date]");
  const show = () => {
    root.querySelector("[data-repeat-more]").hidden = !repeats.value || repeats.value === "rule";
    for (const part of root.querySelectorAll("[data-kinds]")) {
      (part.closest(".field") ?? part).hidden = !part.dataset.kinds.split(" ").includes(repeats.value);
    }
    for (const part of root.querySelectorAll("[data-ends]")) part.closest(".field").hidden = part.dataset.ends !== ends.value;
    const days = [...root.querySelectorAll("[name=days]")];
    if (repeats.value === "weekly" && date.value && !days.some((day) => day.checked)) {
      const [year, month, day] = date.value.split("-").map(Number);
      days[(new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7].checked = true;
    }
  };
  repeats.addEventListener("change", show);
  ends.addEventListener("change", show);
  show();
}
