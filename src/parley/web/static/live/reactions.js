/** Reactions: a sign that rises from somebody's picture for a moment. */

/** How the reactions of the protocol look. */
const SIGNS = { like: "👍", applause: "👏", love: "❤️", laugh: "😂", surprise: "😮", celebrate: "🎉" };

/** @param {string} reaction @returns {string} empty for one that this page does not know */
export const signOf = (reaction) => SIGNS[reaction] ?? "";

/** Let every button of a reaction under `root` send it. @param {HTMLElement} root @param {(reaction: string) => void} send */
export function offerReactions(root, send) {
  for (const button of root.querySelectorAll("[data-reaction]")) {
    button.querySelector("[data-part=sign]").textContent = signOf(button.dataset.reaction);
    button.addEventListener("click", () => send(button.dataset.reaction));
  }
}

/** The word for a reaction, as its button says it. @param {HTMLElement} root @param {string} reaction */
export const wordFor = (root, reaction) => root.querySelector(`[data-reaction="${reaction}"]`)?.title ?? "";
