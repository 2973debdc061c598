// The drawer with what Slack saw: fetched while it is open, a page at a time, each document when it is unfolded.

import { onRefresh } from "./live.js";
import { Idiomorph } from "./vendor/idiomorph.esm.js";

let page = 0;
let latest = 0;

export function startDrawer() {
  const drawer = document.getElementById("i-drawer");
  const filter = document.getElementById("i-filter");
  if (!drawer || !(filter instanceof HTMLFormElement)) return;

  // Below the clock and the faults, which are worked while one looks on.
  const bar = document.querySelector(".p-top");
  if (bar) new ResizeObserver(() => drawer.style.setProperty("--bar", `${bar.getBoundingClientRect().bottom}px`)).observe(bar);

  drawer.addEventListener("toggle", (event) => {
    if (event.target !== drawer) return;
    if (!isOpen(drawer)) {
      document.getElementById("i-open")?.focus();
      return;
    }
    show();
    filter.querySelector("input")?.focus();
  });
  drawer.addEventListener("keydown", (event) => {
    if (event.key === "Escape") drawer.hidePopover();
  });
  let typing = 0;
  filter.addEventListener("input", () => {
    page = 0;
    clearTimeout(typing);
    typing = setTimeout(show, 200);
  });
  filter.addEventListener("submit", (event) => event.preventDefault());
  drawer.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-page]") : null;
    if (!(button instanceof HTMLElement)) return;
    page = Number(button.dataset.page);
    show();
    document.getElementById("i-traffic")?.scrollTo(0, 0);
  });
  // It does not bubble.
  drawer.addEventListener("toggle", unfold, { capture: true });
  onRefresh({ after: () => isOpen(drawer) && show() });
}

/** @param {HTMLElement} drawer */
function isOpen(drawer) {
  return drawer.matches(":popover-open");
}

/** Fetch the page of exchanges and put it in place; what is unfolded stays so. */
async function show() {
  const place = document.getElementById("i-traffic");
  const filter = document.getElementById("i-filter");
  if (!place || !(filter instanceof HTMLFormElement)) return;
  const asked = ++latest;
  const wanted = new URLSearchParams(/** @type {any} */ (new FormData(filter)));
  wanted.set("page", String(page));
  const text = await fetched(`traffic?${wanted}`);
  // A later one is on its way, or there already.
  if (text === null || asked !== latest) return;
  Idiomorph.morph(place, text, {
    morphStyle: "innerHTML",
    callbacks: {
      beforeAttributeUpdated: (/** @type {string} */ name) => name !== "open",
      beforeNodeMorphed: (/** @type {Node} */ old) => !(old instanceof Element && old.classList.contains("i-documents")),
    },
  });
}

/** @param {Event} event */
async function unfold(event) {
  const fold = event.target;
  if (!(fold instanceof HTMLDetailsElement) || !fold.open) return;
  const place = fold.querySelector(".i-documents");
  if (!place) return;
  const text = await fetched(`traffic/${fold.dataset.exchange}`);
  if (text !== null) place.innerHTML = text;
}

/** @param {string} path @returns {Promise<string | null>} null if nobody answers */
async function fetched(path) {
  try {
    const response = await fetch(`/as/${document.body.dataset.person}/${path}`);
    return await response.text();
  } catch {
    return null;
  }
}
