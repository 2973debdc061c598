// One act on its way to the server: what it is done on, what is busy meanwhile, and where a refusal is read.

import { post, refresh, Refused } from "../live.js";

const SLOW = 1000;
const SAID = 8000;

/** What is busy. @type {WeakSet<Element>} */
const busy = new WeakSet();

/**
 * Do it once, the element being busy until it is done. A refusal is shown, and the page drawn anew.
 * @template T
 * @param {HTMLElement} element
 * @param {() => Promise<T>} work
 * @returns {Promise<T | undefined>} nothing if it was refused, or was under way already
 */
export async function during(element, work) {
  if (busy.has(element)) return undefined;
  busy.add(element);
  element.setAttribute("aria-busy", "true");
  // A refresh meanwhile leaves it as it is.
  element.dataset.keep = "";
  const line = statusFor(element);
  say(line, "");
  const slow = setTimeout(() => say(line, "Still waiting for the app…"), SLOW);
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    clearTimeout(slow);
    say(line, error.message, true);
    return undefined;
  } finally {
    clearTimeout(slow);
    if (line && !line.classList.contains("d-refused")) say(line, "");
    busy.delete(element);
    element.removeAttribute("aria-busy");
    delete element.dataset.keep;
    await refresh().catch(() => undefined);
  }
}

/** @param {Element} element @returns {HTMLElement | null} where the person looks who did something there */
function statusFor(element) {
  return element.closest("[data-modal]")?.querySelector(".d-status") ?? document.getElementById("d-waiting");
}

/** @param {HTMLElement | null} line @param {string} sentence */
function say(line, sentence, refused = false) {
  if (!line) return;
  line.textContent = sentence;
  line.classList.toggle("d-refused", refused);
  if (refused && line.id === "d-waiting") {
    setTimeout(() => {
      if (line.textContent === sentence) say(line, "");
    }, SAID);
  }
}

/** @returns {string} */
export function person() {
  return document.body.dataset.person ?? "";
}

/**
 * @param {string} verb
 * @param {Record<string, string>} fields
 */
export function send(verb, fields) {
  return post(`/as/${person()}/${verb}`, fields);
}

/**
 * Which element the app gets to know of, and what it stands on.
 * @param {HTMLElement} element one with `data-action`
 * @returns {Record<string, string>}
 */
export function addressOf(element) {
  const { block = "", action = "", type = "" } = element.dataset;
  return { ...surfaceOf(element), block, action, type };
}

/** @param {HTMLElement} element @returns {Record<string, string>} */
function surfaceOf(element) {
  const view = element.closest("[data-modal], [data-home]");
  if (view instanceof HTMLElement) return { view: view.dataset.modal ?? view.dataset.home ?? "" };
  const message = element.closest("[data-message]");
  if (!(message instanceof HTMLElement)) return {};
  return { channel: message.dataset.channel ?? "", ts: message.dataset.message ?? "" };
}
