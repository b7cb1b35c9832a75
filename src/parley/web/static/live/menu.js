/** A small menu over the bar: it opens above the control that it belongs to, and closes when something is chosen. */

const EDGE = 8;

export class Menu {
  #wasOpen = false;

  /** @param {HTMLElement} root a popover @param {HTMLElement} opener */
  constructor(root, opener) {
    Object.assign(this, { root, opener });
    opener.setAttribute("aria-expanded", "false");
    opener.addEventListener("pointerdown", () => (this.#wasOpen = this.isOpen)); // pressing outside of it closes it before
    root.addEventListener("toggle", ({ newState }) => opener.setAttribute("aria-expanded", String(newState === "open")));
    root.addEventListener("click", ({ target }) => target.closest("button") && this.close());
  }

  get isOpen() {
    return this.root.matches(":popover-open");
  }

  toggle() {
    const wasOpen = this.#wasOpen || this.isOpen;
    this.#wasOpen = false;
    if (wasOpen) {
      this.close();
      return;
    }
    const { left, right, top } = this.opener.getBoundingClientRect();
    this.root.style.bottom = `${innerHeight - top + EDGE}px`;
    this.root.style.right = `${Math.max(EDGE, innerWidth - right)}px`;
    this.root.showPopover();
    const overhang = this.root.getBoundingClientRect().left - EDGE;
    if (overhang < 0) this.root.style.right = `${Math.max(EDGE, innerWidth - left - this.root.offsetWidth)}px`;
  }

  close() {
    if (this.isOpen) this.root.hidePopover();
  }
}
