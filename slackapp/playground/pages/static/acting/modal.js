// The modal over the page: shown when the server draws one, closed when it draws none any more.

import { refresh, Refused } from "../live.js";
import { during, send } from "./doing.js";
import { flush } from "./fields.js";

/** The view that was shown last. */
let shown = "";
/** Where the focus was before the first of the stack opened. @type {Element | null} */
let opener = null;
/** What could have the focus when the page was drawn last, and where it was. @type {{all: HTMLElement[], at: number}} */
let focusable = { all: [], at: -1 };

const FOCUSABLE = ":is(input, select, textarea, button, summary, a[href]):not([disabled], [type=hidden], [tabindex='-1'])";

/** @returns {HTMLDialogElement | null} */
export function shownModal() {
  return document.querySelector("dialog[data-modal]");
}

/** Remember where the focus is: what has it may be gone from what is drawn next. */
export function rememberFocus() {
  const all = /** @type {HTMLElement[]} */ ([...(shownModal()?.querySelectorAll(FOCUSABLE) ?? [])]);
  focusable = { all, at: all.findIndex((one) => one === document.activeElement) };
}

/** Go on where the app took away what had the focus: at what stands there now. @param {HTMLElement} dialog */
function keepFocus(dialog) {
  if (focusable.at < 0 || dialog.contains(document.activeElement)) return;
  const all = /** @type {HTMLElement[]} */ ([...dialog.querySelectorAll(FOCUSABLE)]);
  const before = focusable.all.slice(0, focusable.at).findLast((one) => all.includes(one));
  all[before ? all.indexOf(before) + 1 : 0]?.focus();
}

/** Bring what is on the screen in step with what the server drew. */
export function showModal() {
  const dialog = shownModal();
  if (!dialog) {
    if (shown && opener instanceof HTMLElement && opener.isConnected) opener.focus();
    shown = "";
    opener = null;
    return;
  }
  const view = dialog.dataset.modal ?? "";
  if (!dialog.matches(":modal")) {
    if (!shown) opener = document.activeElement;
    dialog.removeAttribute("open");
    dialog.showModal();
  }
  if (view === shown) {
    keepFocus(dialog);
    return;
  }
  shown = view;
  first(dialog)?.focus();
}

/**
 * Where somebody begins: where the app says, else in the first field, else at what the modal is for.
 * @param {HTMLElement} dialog
 */
function first(dialog) {
  const places = [
    "[autofocus]",
    ".d-body :is(input:not([type=hidden]), select, textarea, summary):not([disabled])",
    ".d-foot [type=submit]:not([formaction])",
    ".d-foot button",
  ];
  for (const place of places) {
    const found = dialog.querySelector(place);
    if (found instanceof HTMLElement) return found;
  }
  return null;
}

/** @param {HTMLFormElement} form */
export async function submitModal(form) {
  const dialog = shownModal();
  const button = form.querySelector(".d-foot > [type=submit]:not([formaction])");
  if (!dialog || !(button instanceof HTMLElement)) return;
  const view = dialog.dataset.modal ?? "";
  await during(button, async () => {
    await flush();
    try {
      await send("submit", { view });
    } catch (error) {
      await refresh();
      // A sentence at its field says it better.
      if (!(error instanceof Refused) || !wrong()) throw error;
    }
  });
  if (shownModal()?.dataset.modal === view) wrong()?.focus();
}

/** @returns {HTMLElement | null} the first field with which something is wrong */
function wrong() {
  const dialog = shownModal();
  const field = dialog?.querySelector(".b-input-wrong :is(input, select, textarea, summary)");
  return field instanceof HTMLElement ? field : null;
}

/** @param {boolean} everything the whole stack, not only the view on top */
export async function closeModal(everything) {
  const dialog = shownModal();
  const button = dialog?.querySelector(".d-foot [data-closes]");
  if (!dialog || !(button instanceof HTMLElement)) return;
  const view = dialog.dataset.modal ?? "";
  await during(button, async () => {
    await flush();
    await send("close", everything ? { view, everything: "yes" } : { view });
  });
}
