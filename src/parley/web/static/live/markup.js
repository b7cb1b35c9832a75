/** Parts of the page are `<template>` elements, written and translated by the server; scripts fill them with text only. */

/**
 * A fresh copy of a template's first element.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function copy(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
}

/**
 * The part of an element that is marked `data-part="name"`.
 * @param {ParentNode} root @param {string} name
 * @returns {any}
 */
export const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

/** Show another icon of the sprite. @param {ParentNode} root @param {string} name */
export function setIcon(root, name) {
  const use = root.querySelector("svg use");
  const [sprite, current] = use.getAttribute("href").split("#");
  if (current !== name) use.setAttribute("href", `${sprite}#${name}`);
}

/** Write text only where it differs, so that screen readers and transitions are left in peace. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Up to two letters that stand for a person. @param {string} name */
export function initials(name) {
  const letters = name.trim().split(/\s+/).map((word) => [...word][0] ?? "");
  return (letters.length > 1 ? letters[0] + letters.at(-1) : letters[0] ?? "?").toUpperCase();
}

/** One of four quiet colors, the same for the same name on every page. @param {string} name */
export const shade = (name) => ["a", "b", "c", "d"][[...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % 4];
