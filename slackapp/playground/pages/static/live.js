// Keeps the page as the server would draw it now, and carries what people do to the server.

import { Idiomorph } from "./vendor/idiomorph.esm.js";

/** What the server said no to, in a sentence for whoever asked. */
export class Refused extends Error {}

/** What a script of the page wants done around each refresh. @type {Set<{before?: () => void, after?: () => void}>} */
const around = new Set();

/**
 * Have something done before and after the page is drawn anew.
 * @param {{before?: () => void, after?: () => void}} watcher
 */
export function onRefresh(watcher) {
  around.add(watcher);
}

/** @type {Promise<void> | null} */
let underWay = null;
let again = false;

/**
 * Draw the page anew, as it stands at its address. Refreshes asked for meanwhile become one more.
 * @returns {Promise<void>}
 */
export function refresh() {
  if (underWay) {
    again = true;
    return underWay;
  }
  underWay = (async () => {
    try {
      do {
        again = false;
        await draw();
      } while (again);
    } finally {
      underWay = null;
    }
  })();
  return underWay;
}

async function draw() {
  const asked = location.href;
  const response = await fetch(addressNow(), { headers: { Accept: "text/html" } });
  // A page that is gone says so itself; whatever else went wrong leaves this one as it is.
  if (!response.ok && response.status !== 404) return;
  if (location.href !== asked) {
    again = true;
    return;
  }
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const watcher of around) watcher.before?.();
  document.title = fresh.title;
  Idiomorph.morph(document.body, fresh.body, {
    morphStyle: "outerHTML",
    // What is being typed stays; the label of a button that was just pressed may change.
    ignoreActiveValue: document.activeElement?.matches("input, textarea, select, [contenteditable]") ?? false,
    callbacks: { beforeNodeMorphed: mayMorph, beforeAttributeUpdated: mayUpdate },
  });
  for (const watcher of around) watcher.after?.();
}

/** The page's address, with the line "New messages" where it stands now. */
function addressNow() {
  const address = new URL(location.href);
  const messages = document.getElementById("p-messages");
  if (messages?.dataset.newAfter) address.searchParams.set("new", messages.dataset.newAfter);
  address.hash = "";
  return address;
}

/** @param {Node} old */
function mayMorph(old) {
  return !(old instanceof HTMLElement && (old.dataset.keep !== undefined || old.dataset.dirty !== undefined));
}

/** What somebody has opened stays open. @param {string} name @param {Element} element */
function mayUpdate(name, element) {
  return !(name === "open" && (element instanceof HTMLDetailsElement || element instanceof HTMLDialogElement));
}

/**
 * Do something as the person this page belongs to, then draw it anew.
 * @param {string} address
 * @param {Iterable<[string, string]> | Record<string, string>} fields
 * @returns {Promise<any>} what the server answered
 * @throws {Refused} with the sentence to show
 */
export async function post(address, fields) {
  let response;
  try {
    response = await fetch(address, { method: "POST", body: new URLSearchParams(/** @type {any} */ (fields)) });
  } catch {
    throw new Refused("The playground does not answer. Nothing was done.");
  }
  const answer = await response.json().catch(() => ({ error: "The playground gave no answer that can be read." }));
  if (!response.ok) throw new Refused(answer.error ?? "That did not work.");
  await refresh().catch(() => undefined);
  return answer;
}

const SLOWEST = 8000;
let pause = 500;
/** @type {EventSource | undefined} */
let stream;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retrying;

/**
 * Listen for changes; when nobody is there any more, say so, and try again and again.
 *
 * Only while somebody looks: a browser has six connections to a server for all its tabs together.
 */
export function connect() {
  document.addEventListener("visibilitychange", () => (document.hidden ? hangUp() : listen()));
  addEventListener("pagehide", hangUp);
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
}

function hangUp() {
  clearTimeout(retrying);
  stream?.close();
}

function listen() {
  hangUp();
  if (document.hidden) return;
  stream = new EventSource("/live");
  stream.onopen = () => {
    pause = 500;
    lost(false);
  };
  stream.onmessage = (event) => {
    if (event.data !== document.body.dataset.version) refresh().catch(() => undefined);
  };
  stream.addEventListener("progress", (event) => show(JSON.parse(event.data)));
  stream.onerror = () => {
    hangUp();
    if (pause > 500) lost(true);
    retrying = setTimeout(listen, pause);
    pause = Math.min(pause * 1.6, SLOWEST);
  };
}

/** How far the history is, without drawing the page anew. @param {{done: number, of: number, what: string}} now */
function show(now) {
  const bar = document.getElementById("p-progress");
  if (!(bar instanceof HTMLProgressElement)) return;
  [bar.max, bar.value] = [now.of, now.done];
  if (bar.nextElementSibling) bar.nextElementSibling.textContent = now.what;
}

/** @param {boolean} away */
function lost(away) {
  document.querySelector("#p-lost > p")?.toggleAttribute("hidden", !away);
}
