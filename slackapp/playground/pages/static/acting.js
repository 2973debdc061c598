// What people do with what the app shows: presses and choices, modals, App Home, shortcuts.

import { escapeMenu, press, pressed } from "./acting/clicking.js";
import { changed, entered, typed } from "./acting/fields.js";
import { closeModal, rememberFocus, shownModal, showModal, submitModal } from "./acting/modal.js";
import { findings, leave, pick, searched } from "./acting/search.js";
import { lookAtHome } from "./acting/home.js";
import { useShortcut } from "./acting/shortcuts.js";
import { onRefresh } from "./live.js";

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const shortcut = target.closest("[data-shortcut]");
  const closing = target.closest("[data-closes]");
  const option = target.closest(".b-combobox [role=option]");
  if (shortcut instanceof HTMLElement) useShortcut(shortcut);
  else if (closing instanceof HTMLElement) closeModal(closing.dataset.closes === "all");
  else if (option instanceof HTMLElement) pick(option);
  else {
    const button = pressed(target);
    if (button) press(button, event);
  }
});

document.addEventListener("input", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.matches(".b-combobox [role=combobox]")) searched(target);
  else typed(target);
});

document.addEventListener("change", (event) => changed(/** @type {HTMLElement} */ (event.target)));

document.addEventListener("focusin", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.matches(".b-combobox [role=combobox]")) searched(target);
});

document.addEventListener("focusout", (event) => leave(/** @type {HTMLElement} */ (event.target)));

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.matches(".b-combobox [role=combobox]")) findings(target, event);
  else if (event.key === "Enter") entered(target, event);
  if (event.key === "Escape" && !event.defaultPrevented) escapeMenu(target, event);
});

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("[data-submits]") || event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  submitModal(form);
});

// Escape closes a modal as its close button does: the app may want to know, so the server does it.
document.addEventListener(
  "cancel",
  (event) => {
    if (event.target !== shownModal()) return;
    event.preventDefault();
    closeModal(false);
  },
  true,
);

onRefresh({
  before: rememberFocus,
  after: () => {
    showModal();
    lookAtHome();
  },
});
showModal();
lookAtHome();
