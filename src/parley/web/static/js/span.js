/** Moving the start of a meeting moves its end: the length stays. */

const DAY = 24 * 60;

const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const written = (all) => [Math.floor(all / 60), all % 60].map((part) => String(part).padStart(2, "0")).join(":");

/** @param {HTMLInputElement} start @param {HTMLInputElement} end fields of type time */
export function keepLength(start, end) {
  let before = start.value;
  start.addEventListener("change", () => {
    if (before && start.value && end.value && end.value > before) {
      const moved = minutes(start.value) + minutes(end.value) - minutes(before);
      end.value = written(Math.min(moved, DAY - 1));
    }
    before = start.value;
  });
}
