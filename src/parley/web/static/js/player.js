/** Beside a recording: chapters and messages lead to their place in it, and show which of them is being played. */

const video = document.querySelector("[data-player]");
const lists = [...document.querySelectorAll("[data-places]")];

/** @param {Element} list @returns {HTMLElement[]} its places in order, each once */
const places = (list) => [...list.querySelectorAll("li")];
const placeOf = (item) => Number((item.dataset.at ?? item.querySelector("[data-at]")?.dataset.at) || 0);

function goTo(event) {
  const link = event.target.closest("a[data-at]");
  if (!link || !video || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  video.currentTime = Number(link.dataset.at);
  video.play().catch(() => {});
}

/** Mark what is being played, and keep it in sight within its list. */
function follow() {
  for (const list of lists) {
    const now = places(list).findLast((item) => placeOf(item) <= video.currentTime + 0.5);
    for (const item of places(list)) mark(list, item, item === now);
  }
}

function mark(list, item, current) {
  const shown = item.dataset.at === undefined ? item.querySelector("a") : item;
  if (shown.hasAttribute("aria-current") === current) return;
  if (!current) {
    shown.removeAttribute("aria-current");
    return;
  }
  shown.setAttribute("aria-current", "true");
  const { top, bottom } = item.getBoundingClientRect();
  const box = list.getBoundingClientRect();
  if (top < box.top || bottom > box.bottom) list.scrollTop += top - box.top - box.height / 3;
}

document.addEventListener("click", goTo);
video?.addEventListener("timeupdate", follow);
video?.addEventListener("seeked", follow);
