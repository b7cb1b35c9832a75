/**
 * Choosing people by typing: who is found stands below the field. Enter takes the first one, arrows lead to the others,
 * Escape closes. Without scripts the same boxes are ticked, and sent with the form.
 */

/** @param {HTMLElement} root holds the field, `.picked` above it and `.found` below */
export function offerChoosing(root) {
  const field = root.querySelector("[type=search]");
  const [picked, found] = [root.querySelector(".picked"), root.querySelector(".found")];
  const boxes = () => [...found.querySelectorAll("input")];
  let awaited = "";

  const close = () => found.replaceChildren();

  const take = (box) => {
    box.checked = true;
    picked.append(box.closest("label"));
    field.value = awaited = "";
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
    close();
    field.focus();
    picked.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const isFor = (typed) => found.querySelector("[data-found]")?.dataset.found === typed;

  /** Take the first one, as soon as it is there: somebody may type faster than the server answers. */
  const takeFirst = () => {
    awaited = field.value.trim();
    if (awaited && isFor(awaited)) take(boxes()[0]);
  };

  /** What arrives for an earlier text is not shown. */
  const arrived = () => {
    if (boxes().length && !isFor(field.value.trim())) close();
    else if (awaited) takeFirst();
  };

  const move = (by) => {
    const all = [field, ...boxes()];
    all[(all.indexOf(document.activeElement) + by + all.length) % all.length].focus();
  };

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => (document.activeElement === field ? takeFirst() : take(document.activeElement)),
    Escape: () => {
      close();
      field.focus();
    },
  };

  new MutationObserver(arrived).observe(found, { childList: true });
  field.addEventListener("input", () => (awaited = ""));
  found.addEventListener("change", ({ target }) => take(target));
  root.addEventListener("keydown", (event) => {
    const within = event.target === field || found.contains(event.target);
    if (!within || !(event.key in keys) || (event.key === "Escape" && !boxes().length)) return;
    event.preventDefault();
    keys[event.key]();
  });
}
