// The instruments beside the workspace: the clock, faults, the tour, and what Slack saw.

import { startDrawer } from "./drawer.js";
import { post, Refused } from "./live.js";

/** Which button works which instrument, and what it sends. @type {Record<string, (button: HTMLElement) => Record<string, string>>} */
const WORKS = {
  clock: (button) => ({ by: button.dataset.clock ?? "" }),
  fault: (button) => ({ name: button.dataset.fault ?? "" }),
  tour: (button) => ({ do: button.dataset.tour ?? "", step: button.dataset.step ?? "" }),
};
/** Where each of them listens. @type {Record<string, string>} */
const DESKS = { clock: "clock", fault: "faults", tour: "tour" };
/** Where the keyboard is when the button it was at has gone. @type {Record<string, string>} */
const BESIDE = { clock: "#i-clock-next", fault: "#i-faults > summary", tour: "#i-tour-open, #i-tour > summary" };

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-clock], [data-fault], [data-tour]") : null;
  if (!(button instanceof HTMLElement)) return;
  // Off, and not disabled: what is disabled loses the focus.
  if (button.getAttribute("aria-disabled") === "true" || button.getAttribute("aria-busy") === "true") return;
  const name = Object.keys(WORKS).find((each) => button.dataset[each] !== undefined) ?? "";
  button.closest("details.p-drop")?.removeAttribute("open");
  button.setAttribute("aria-busy", "true");
  tell("");
  try {
    await post(`/as/${document.body.dataset.person}/${DESKS[name]}`, WORKS[name](button));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    tell(error.message);
  } finally {
    button.removeAttribute("aria-busy");
  }
  if (document.activeElement !== document.body) return;
  const beside = document.querySelector(BESIDE[name]);
  if (beside instanceof HTMLElement) beside.focus();
});

/** @param {string} sentence */
function tell(sentence) {
  const place = document.getElementById("i-told");
  if (place) place.textContent = sentence;
}

// Where there is little room the tour waits folded, below what it is about.
if (matchMedia("(max-width: 1080px)").matches) document.getElementById("i-tour")?.removeAttribute("open");

startDrawer();
