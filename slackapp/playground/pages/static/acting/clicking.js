// Presses of buttons, and choices from the menu behind three dots.

import { confirmed } from "./asking.js";
import { addressOf, during, send } from "./doing.js";
import { choose, chosenIn, elementOf, flush } from "./fields.js";

const PRESSED = new Set(["button", "icon_button", "workflow_button", "feedback_buttons"]);

/** @param {Element} target @returns {HTMLElement | null} the button or link that was hit, if the app hears of it */
export function pressed(target) {
  const hit = target.closest("button, a");
  if (!(hit instanceof HTMLElement) || !elementOf(hit)) return null;
  return hit;
}

/**
 * @param {HTMLElement} hit
 * @param {Event} event
 */
export async function press(hit, event) {
  const element = elementOf(hit);
  if (!element) return;
  if (hit.dataset.remove !== undefined) {
    await choose(element, JSON.stringify(chosenIn(element).filter((value) => value !== hit.dataset.remove)));
    return;
  }
  const follows = hit instanceof HTMLAnchorElement && element.dataset.confirm ? hit.href : null;
  if (follows) event.preventDefault();
  if (!(await confirmed(element))) return;
  await during(element, async () => {
    if (follows) open(follows, "_blank", "noopener,noreferrer");
    if (element instanceof HTMLDetailsElement) element.open = false;
    await flush();
    await send("act", { ...addressOf(element), ...carried(element, hit) });
  });
}

/** @param {HTMLElement} element @param {HTMLElement} hit @returns {Record<string, string>} */
function carried(element, hit) {
  const { value } = hit.dataset;
  if (!PRESSED.has(element.dataset.type ?? "")) return { value: JSON.stringify(value) };
  return value === undefined ? {} : { value };
}

/** Escape closes an open menu, and not what it stands in. @param {HTMLElement} target @param {KeyboardEvent} event */
export function escapeMenu(target, event) {
  const menu = target.closest("details.b-overflow[open], details.b-multi[open]");
  if (!(menu instanceof HTMLDetailsElement)) return;
  event.preventDefault();
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

// A menu may open below what can be seen.
document.addEventListener(
  "toggle",
  (event) => {
    if (!(event.target instanceof HTMLDetailsElement) || !event.target.open) return;
    event.target.querySelector(":scope > .b-menu, :scope > .b-choices")?.scrollIntoView({ block: "nearest" });
  },
  true,
);

// One menu at a time, and none where somebody looks elsewhere. Only once the press is done: what folds up while
// the button is down moves away what was meant to be hit.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.b-overflow[open], details.b-multi[open]")) {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.removeAttribute("open");
  }
});
