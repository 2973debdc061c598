// The dialog that asks before a click or choice goes out.

import { person } from "./doing.js";

let asking = false;

/**
 * Whether the person is sure; at once if the element asks for no confirmation.
 * @param {HTMLElement} element
 * @returns {Promise<boolean>}
 */
export async function confirmed(element) {
  const confirm = element.dataset.confirm;
  const place = document.getElementById("d-asking");
  if (!confirm || !place) return true;
  // A second press while the question is on its way.
  if (asking) return false;
  asking = true;
  try {
    return await answer(confirm, place);
  } finally {
    asking = false;
  }
}

/**
 * @param {string} confirm the confirm object, as JSON
 * @param {HTMLElement} place
 * @returns {Promise<boolean>}
 */
async function answer(confirm, place) {
  const body = new URLSearchParams({ confirm });
  const response = await fetch(`/as/${person()}/confirmation`, { method: "POST", body }).catch(() => null);
  if (!response?.ok) return false;
  const drawn = new DOMParser().parseFromString(await response.text(), "text/html");
  const dialog = drawn.querySelector("dialog");
  if (!dialog) return false;
  const before = document.activeElement;
  place.replaceChildren(document.adoptNode(dialog));
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "confirmed");
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    });
  });
}
