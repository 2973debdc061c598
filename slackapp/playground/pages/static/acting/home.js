// App Home: the app is told whenever somebody comes to look at it.

import { send } from "./doing.js";

/** Where it was looked at last. */
let at = "";
let telling = false;

export function lookAtHome() {
  const home = document.querySelector("[data-home]");
  if (!(home instanceof HTMLElement)) {
    at = "";
    return;
  }
  const told = at === location.pathname && home.dataset.opened !== undefined;
  if (told || telling) return;
  at = location.pathname;
  telling = true;
  // Nobody there: the page says so, and tells it when it is back.
  send("home", {})
    .catch(() => undefined)
    .finally(() => {
      telling = false;
    });
}
