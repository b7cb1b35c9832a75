/** Copying a field's content with one press; the button shows itself only where that works. */

const SHOWN_MS = 2000;

/** @param {HTMLButtonElement} button says in `data-copy` the id of the field, in `data-done` what to say afterwards */
export function offerCopying(button) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copy));
  const words = button.querySelector("span");
  const usual = words.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await write(field);
    words.textContent = button.dataset.done;
    setTimeout(() => (words.textContent = usual), SHOWN_MS);
  });
}

/** The clipboard is there for secure pages only; elsewhere the selection is copied, the old way. */
async function write(field) {
  if (navigator.clipboard) return navigator.clipboard.writeText(field.value);
  field.select();
  document.execCommand("copy");
}
