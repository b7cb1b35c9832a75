/** The panel beside the stage: people or chat, one at a time; on a phone it covers the stage. */

/** Tells `change` ({panel}) when another one is open, or none. */
export class Side extends EventTarget {
  /** @type {string | null} */
  panel = null;
  /** @type {HTMLElement | null} */
  #opener = null;

  /** @param {HTMLElement} root holds the panels, each with its name as id */
  constructor(root) {
    super();
    this.root = root;
    root.addEventListener("click", ({ target }) => target.closest("[data-act=close-side]") && this.close());
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      this.close();
    });
  }

  /** Open this panel, or close it when it is open. @param {string} panel @param {HTMLElement} [opener] */
  toggle(panel, opener) {
    if (this.panel === panel) {
      this.close();
      return;
    }
    this.#opener = opener ?? this.#opener;
    this.#show(panel);
    const text = this.root.querySelector(`#${panel} textarea`);
    (text ?? this.root.querySelector(`#${panel} h2`)).focus({ preventScroll: true });
  }

  /** Close, and go back to where it was opened from. */
  close() {
    const within = this.root.contains(document.activeElement);
    this.#show(null);
    if (within) this.#opener?.focus({ preventScroll: true });
  }

  #show(panel) {
    if (panel === this.panel) return;
    this.panel = panel;
    this.root.hidden = panel === null;
    for (const section of this.root.children) section.hidden = section.id !== panel;
    this.dispatchEvent(new CustomEvent("change", { detail: { panel } }));
  }
}
