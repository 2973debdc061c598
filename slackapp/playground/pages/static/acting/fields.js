// What people put into fields: sent as it changes, so that the server always knows what stands there.

import { confirmed } from "./asking.js";
import { addressOf, during, person, send } from "./doing.js";

const PAUSE = 250;
const TYPED = new Set([
  "plain_text_input",
  "email_text_input",
  "url_text_input",
  "number_input",
  "rich_text_input",
]);

/** What is typed and not sent yet. @type {Map<HTMLElement, number>} */
const waiting = new Map();
/** The sending, in the order of the typing. @type {Promise<unknown>} */
let sending = Promise.resolve();
/** Choices on their way, of which the app does not hear by themselves. @type {Set<Promise<unknown>>} */
const choosing = new Set();

/** @param {Element} target @returns {HTMLElement | null} the element of Block Kit it belongs to */
export function elementOf(target) {
  return target.closest("[data-action]");
}

/** @param {HTMLElement} target a field somebody types into */
export function typed(target) {
  const element = elementOf(target);
  if (!element || !TYPED.has(element.dataset.type ?? "")) return;
  element.dataset.dirty = "";
  clearTimeout(waiting.get(element));
  waiting.set(element, setTimeout(() => deliver(element), PAUSE));
}

/** @param {HTMLElement} element */
function deliver(element) {
  clearTimeout(waiting.get(element));
  waiting.delete(element);
  if (reportsOn(element, "on_character_entered")) act(element);
  else fill(element);
}

/** Let the server know all that stands in the fields: whoever presses a button next means it as it stands. */
export async function flush() {
  await flushTyped();
  await Promise.allSettled(choosing);
}

async function flushTyped() {
  for (const element of waiting.keys()) {
    clearTimeout(waiting.get(element));
    fill(element);
  }
  waiting.clear();
  await sending;
}

// Whoever reloads the page in the middle of a word finds the word.
addEventListener("beforeunload", () => {
  for (const element of waiting.keys()) {
    const fields = new URLSearchParams({ ...addressOf(element), value: valueOf(element) });
    navigator.sendBeacon(`/as/${person()}/fill`, fields);
  }
});

/** @param {HTMLElement} element */
function fill(element) {
  const value = valueOf(element);
  sending = sending.then(async () => {
    // Nobody there, or nothing to fill any more: the page says the one and shows the other.
    await send("fill", { ...addressOf(element), value }).catch(() => undefined);
    settle(element, value);
  });
}

/**
 * The server knows it: from now on what it draws may stand there.
 * @param {HTMLElement} element
 * @param {string} value
 */
function settle(element, value) {
  if (!waiting.has(element) && valueOf(element) === value) delete element.dataset.dirty;
}

/** @param {HTMLElement} target a select, a box, a picker: something that changes at once */
export async function changed(target) {
  const element = elementOf(target);
  if (!element || TYPED.has(element.dataset.type ?? "") || target.getAttribute("role") === "combobox") return;
  await choose(element);
}

/** What was chosen where the page shows it only once the server has drawn it. @type {WeakMap<Element, string>} */
const wanted = new WeakMap();

/**
 * Tell of a choice: to the app if it wants to know at once, else to the server alone.
 * What is chosen while an earlier choice is on its way goes out after it.
 * @param {HTMLElement} element
 * @param {string} [given] JSON; by default what stands in the element
 */
export async function choose(element, given) {
  if (given !== undefined) wanted.set(element, given);
  element.dataset.dirty = "";
  const sure = await confirmed(element);
  const done = sure && (await telling(element));
  if (!sure) takeBack(element);
  if (!sure || done) wanted.delete(element);
  delete element.dataset.dirty;
}

/** @param {HTMLElement} element @returns {Promise<boolean | undefined>} */
async function telling(element) {
  const told = during(element, () => tell(element));
  if (verbOf(element) === "act") return told;
  choosing.add(told);
  return told.finally(() => choosing.delete(told));
}

/** @param {HTMLElement} element */
function verbOf(element) {
  return element.dataset.dispatch === undefined ? "fill" : "act";
}

/** @param {HTMLElement} element @returns {Promise<boolean>} */
async function tell(element) {
  const verb = verbOf(element);
  const now = () => wanted.get(element) ?? valueOf(element);
  await flushTyped();
  let sent;
  do {
    sent = now();
    await send(verb, { ...addressOf(element), value: sent }).catch((error) => {
      takeBack(element);
      wanted.delete(element);
      throw error;
    });
  } while (now() !== sent);
  delete element.dataset.dirty;
  return true;
}

/** What is chosen in a multi select that is searched. @param {HTMLElement} element @returns {string[]} */
export function chosenIn(element) {
  const latest = wanted.get(element);
  if (latest !== undefined) return JSON.parse(latest);
  const chips = element.querySelectorAll("[data-remove]");
  return Array.from(chips, (chip) => (chip instanceof HTMLElement && chip.dataset.remove) || "");
}

/** @param {HTMLElement} element a typed one */
async function act(element) {
  const value = valueOf(element);
  await during(element, async () => {
    await sending;
    await send("act", { ...addressOf(element), value });
  });
  settle(element, value);
}

/** Enter, in a field that reports it. @param {HTMLElement} target @param {KeyboardEvent} event */
export function entered(target, event) {
  const element = elementOf(target);
  if (!(element instanceof HTMLInputElement) || event.isComposing) return;
  if (!TYPED.has(element.dataset.type ?? "") || !reportsOn(element, "on_enter_pressed")) return;
  event.preventDefault();
  clearTimeout(waiting.get(element));
  waiting.delete(element);
  act(element);
}

/** @param {HTMLElement} element @param {string} when */
function reportsOn(element, when) {
  return (element.dataset.dispatch ?? "").split(" ").includes(when);
}

/** What stands in the element, as JSON. @param {HTMLElement} element */
function valueOf(element) {
  return JSON.stringify(read(element));
}

/** @param {HTMLElement} element @returns {string | string[] | null} */
function read(element) {
  if (element instanceof HTMLInputElement && element.type === "file") {
    return Array.from(element.files ?? [], (file) => file.name);
  }
  if (
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement
  ) {
    return element.value;
  }
  const chosen = Array.from(boxesOf(element)).filter((box) => box.checked);
  if (element.dataset.type === "radio_buttons") return chosen[0]?.value ?? null;
  return chosen.map((box) => box.value);
}

/** @param {HTMLElement} element @returns {NodeListOf<HTMLInputElement>} */
function boxesOf(element) {
  return element.querySelectorAll("input[type=checkbox], input[type=radio]");
}

/** Show again what the server drew. @param {HTMLElement} element */
function takeBack(element) {
  if (element instanceof HTMLSelectElement) {
    for (const option of element.options) option.selected = option.defaultSelected;
  } else if (element instanceof HTMLInputElement) {
    element.value = element.defaultValue;
  }
  for (const box of boxesOf(element)) box.checked = box.defaultChecked;
}
