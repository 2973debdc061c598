// Keeps the place where one reads, and tells the server what has been read.

import { onRefresh, post } from "./live.js";

/** So near the end (pixels) one is at the end. */
const NEAR = 40;

/** @type {Map<string, {atEnd: boolean, newest: string | undefined}>} */
const places = new Map();

const lists = () => [document.getElementById("p-messages"), document.getElementById("p-thread-messages")].filter((it) => it !== null);

/** @param {HTMLElement} list */
const atEnd = (list) => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;

/** @param {HTMLElement} list */
const newest = (list) => /** @type {HTMLElement | null} */ (list.querySelector(".p-line:last-of-type"))?.dataset.message;

/** @param {HTMLElement} list */
function toEnd(list) {
  list.scrollTop = list.scrollHeight;
}

function remember() {
  for (const list of lists()) places.set(list.id, { atEnd: atEnd(list), newest: newest(list) });
}

/** Whoever is at the end stays there when the list gets smaller: by what is written, or what has to be said above. */
const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) if (target instanceof HTMLElement && places.get(target.id)?.atEnd) toEnd(target);
});

function restore() {
  for (const list of lists()) {
    resized.observe(list);
    const before = places.get(list.id);
    if (!before || before.atEnd) toEnd(list);
    else if (list.id === "p-messages" && newest(list) !== before.newest) offer(true);
  }
  for (const id of places.keys()) if (!document.getElementById(id)) places.delete(id);
  noteRead();
}

/** @param {boolean} shown */
function offer(shown) {
  document.getElementById("p-to-end")?.toggleAttribute("hidden", !shown);
}

/** The arrow keys go from message to message; Tab then leads to what can be done with it. @param {KeyboardEvent} event */
function step(event) {
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  if (!(event.target instanceof HTMLElement) || !event.target.matches(".p-messages, .p-line")) return;
  const lines = [...(event.target.closest(".p-messages")?.querySelectorAll(".p-line") ?? [])];
  const at = lines.indexOf(event.target);
  const next = at < 0 ? lines.at(-1) : lines[at + (event.key === "ArrowUp" ? -1 : 1)];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

/** @type {string | undefined} */
let told;

/** Everything has been read once the end is before somebody's eyes. */
function noteRead() {
  const list = document.getElementById("p-messages");
  // A thread may cover it.
  if (!list?.clientHeight || document.visibilityState !== "visible" || !atEnd(list)) return;
  offer(false);
  const { channel, newest: ts, joined } = list.dataset;
  const key = `${document.body.dataset.person} ${channel} ${ts}`;
  if (joined === undefined || !ts || !channel || told === key) return;
  told = key;
  post(`/as/${document.body.dataset.person}/read`, { channel, ts }).catch(() => {
    told = undefined;
  });
}

const SIDEBAR = "sidebar";

/** The sidebar stays where it was scrolled to, from page to page. */
function keepSidebar() {
  const sidebar = document.getElementById("p-sidebar");
  if (!sidebar) return;
  sidebar.scrollTop = Number(sessionStorage.getItem(SIDEBAR) ?? 0);
  addEventListener("pagehide", () => sessionStorage.setItem(SIDEBAR, String(sidebar.scrollTop)));
}

export function startReading() {
  keepSidebar();
  onRefresh({ before: remember, after: restore });
  const list = document.getElementById("p-messages");
  const line = document.getElementById("p-new");
  for (const each of lists()) toEnd(each);
  const named = document.getElementById(location.hash.slice(1));
  if (named?.closest(".p-messages")) {
    named.scrollIntoView({ block: "center" });
  } else if (list && line && list.scrollHeight > list.clientHeight) {
    list.scrollTop = line.offsetTop - list.offsetTop - list.clientHeight / 3;
  }
  remember();
  for (const each of lists()) resized.observe(each);
  /** @param {Event} event */
  const scrolled = (event) => {
    // What one writes in scrolls, too.
    if (!lists().some((each) => each === event.target)) return;
    remember();
    noteRead();
  };
  document.addEventListener("scroll", scrolled, { capture: true, passive: true });
  document.addEventListener("visibilitychange", noteRead);
  document.addEventListener("keydown", step);
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("#p-to-end")) return;
    const messages = document.getElementById("p-messages");
    if (messages) toEnd(messages);
  });
  noteRead();
}
