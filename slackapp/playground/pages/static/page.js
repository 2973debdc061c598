// The page's own script: what people do in conversations, and where on the page they are.

import { startComposers } from "./composer.js";
import { connect, post, refresh, Refused } from "./live.js";
import { startReading } from "./reading.js";

/** Forms that do something and come back: `data-then` is where one is afterwards. */
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.act === undefined) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  form.closest("details")?.removeAttribute("open");
  const fields = [.../** @type {any} */ (new FormData(form))];
  await said(async () => {
    await post(form.action, fields);
    if (!form.dataset.then) return;
    history.replaceState(null, "", form.dataset.then);
    await refresh();
  });
  form.removeAttribute("aria-busy");
});

/** What a button would send by itself is sent by a script, which is here now. */
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.dataset.plain !== undefined || event.submitter?.hasAttribute("formaction")) event.preventDefault();
});

/** Buttons on a message that do one thing with it. */
document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest("button[data-post]") : null;
  const line = button?.closest("[data-message]");
  if (!(button instanceof HTMLButtonElement) || !(line instanceof HTMLElement)) return;
  button.closest("details.p-drop")?.removeAttribute("open");
  const fields = { channel: line.dataset.channel ?? "", ts: line.dataset.message ?? "", name: button.dataset.name ?? "" };
  await said(() => post(`/as/${document.body.dataset.person}/${button.dataset.post}`, fields));
});

/** Do something, and show why it could not be done. @param {() => Promise<unknown>} act */
async function said(act) {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    tell(error.message);
  }
}

/** Show a sentence for a while, where there is no better place for it. @param {string} sentence */
function tell(sentence) {
  const place = document.getElementById("p-told");
  if (!place) return;
  place.textContent = sentence;
  setTimeout(() => {
    if (place.textContent === sentence) place.textContent = "";
  }, 8000);
}

/** Menus close with Escape and when one goes elsewhere. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.p-drop[open]");
  if (open instanceof HTMLDetailsElement) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.p-drop[open]")) {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.removeAttribute("open");
  }
});

function startTheme() {
  const button = document.querySelector("[data-theme-switch]");
  if (!(button instanceof HTMLButtonElement)) return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const label = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.title = `Use ${isDark() ? "light" : "dark"} colours`;
  };
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("theme", theme);
    label();
  });
  dark.addEventListener("change", label);
  label();
}

tell(document.getElementById("p-told")?.textContent ?? "");
startTheme();
startComposers();
startReading();
connect();
