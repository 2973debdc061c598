// Selects that the app fills while somebody types: the options it offers, in a list box under the field.

import { addressOf, send } from "./doing.js";
import { choose, chosenIn } from "./fields.js";

const PAUSE = 250;

/** @typedef {{value: string, text: string, description: string}} Option */
/** @typedef {{label: string, options: Option[]}} Group */

let timer = 0;
/** Counts the questions: an answer to an older one comes too late. */
let asked = 0;

/** @param {HTMLElement} target the field */
export function searched(target) {
  const field = /** @type {HTMLInputElement} */ (target);
  const box = boxOf(field);
  if (!box) return;
  // What is typed to search is no value: a refresh leaves it alone until somebody has chosen or left.
  field.dataset.dirty = "";
  clearTimeout(timer);
  timer = setTimeout(() => ask(field, box), PAUSE);
}

/** @param {HTMLInputElement} field @param {HTMLElement} box */
async function ask(field, box) {
  if (document.activeElement !== field) return;
  const question = ++asked;
  const typed = field.value === field.defaultValue ? "" : field.value;
  const least = Number(box.dataset.min ?? 0);
  if (typed.length < least) {
    show(field, [note(`Type ${least === 1 ? "a letter" : `${least} letters`} to search.`)]);
    return;
  }
  show(field, [note("Searching…")]);
  let rows;
  try {
    const { groups } = await send("search", { ...addressOf(box), typed });
    rows = groups ? groups.flatMap(drawn) : [];
  } catch (error) {
    rows = [note(error instanceof Error ? error.message : "That did not work.")];
  }
  if (question !== asked || document.activeElement !== field) return;
  show(field, rows.length ? rows : [note("Nothing found.")]);
}

/** @param {Group} group @returns {HTMLElement[]} */
function drawn({ label, options }) {
  const rows = options.map(row);
  if (!label || !rows.length) return rows;
  const item = document.createElement("li");
  item.setAttribute("role", "group");
  item.setAttribute("aria-label", label);
  const heading = document.createElement("div");
  heading.className = "b-group";
  heading.setAttribute("aria-hidden", "true");
  heading.textContent = label;
  const list = document.createElement("ul");
  list.setAttribute("role", "none");
  list.append(...rows);
  item.append(heading, list);
  return [item];
}

/** @param {Option} option */
function row({ value, text, description }) {
  const item = document.createElement("li");
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.value = value;
  item.className = "d-option";
  item.textContent = description ? `${text} · ${description}` : text;
  return item;
}

/** @param {string} sentence */
function note(sentence) {
  const item = document.createElement("li");
  item.setAttribute("role", "option");
  item.setAttribute("aria-disabled", "true");
  item.className = "d-option d-note";
  item.textContent = sentence;
  return item;
}

/** @param {HTMLInputElement} field @param {HTMLElement[]} rows */
function show(field, rows) {
  const list = listOf(field);
  if (!list) return;
  list.replaceChildren(...rows);
  optionsOf(list).forEach((option, index) => {
    option.id = `${list.id}:${index}`;
  });
  list.hidden = false;
  list.dataset.keep = "";
  list.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-expanded", "true");
  field.removeAttribute("aria-activedescendant");
}

/** @param {HTMLInputElement} field */
function hide(field) {
  clearTimeout(timer);
  asked += 1;
  const list = listOf(field);
  if (list) {
    list.hidden = true;
    delete list.dataset.keep;
  }
  delete field.dataset.dirty;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

/** The keys of a list box. @param {HTMLElement} target @param {KeyboardEvent} event */
export function findings(target, event) {
  const field = /** @type {HTMLInputElement} */ (target);
  const list = listOf(field);
  if (!list || list.hidden) {
    if (event.key === "ArrowDown") searched(field);
    if (event.key === "Enter") event.preventDefault();
    return;
  }
  const options = optionsOf(list);
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") mark(field, options, (at + 1) % options.length);
  else if (event.key === "ArrowUp") mark(field, options, (at <= 0 ? options.length : at) - 1);
  else if (event.key === "Enter" && options[at]) pick(options[at]);
  else if (event.key === "Escape") hide(field);
  else if (event.key !== "Enter") return;
  event.preventDefault();
}

/** @param {HTMLInputElement} field @param {HTMLElement[]} options @param {number} at */
function mark(field, options, at) {
  options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
  const marked = options[at];
  if (!marked) return;
  field.setAttribute("aria-activedescendant", marked.id);
  marked.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement} option */
export async function pick(option) {
  const box = boxOf(option);
  const field = box?.querySelector("[role=combobox]");
  const value = option.dataset.value;
  if (!box || value === undefined || !(field instanceof HTMLInputElement)) return;
  const several = (box.dataset.type ?? "").startsWith("multi_");
  field.value = several ? "" : (option.textContent ?? "");
  hide(field);
  const chosen = several ? [...new Set([...chosenIn(box), value])] : value;
  await choose(box, JSON.stringify(chosen));
}

/**
 * What was typed to search goes with the focus; an emptied field is one without a choice.
 * @param {HTMLElement} target
 */
export async function leave(target) {
  if (!(target instanceof HTMLInputElement) || target.getAttribute("role") !== "combobox") return;
  const box = boxOf(target);
  if (!box || document.activeElement === target) return;
  const emptied = target.value === "" && target.defaultValue !== "";
  hide(target);
  if (emptied) await choose(box, "null");
  else target.value = target.defaultValue;
}

// A press on an option must not take the focus from the field first.
document.addEventListener("pointerdown", (event) => {
  if (event.target instanceof Element && event.target.closest(".b-combobox [role=listbox]")) event.preventDefault();
});

/** @param {Element} inside @returns {HTMLElement | null} */
function boxOf(inside) {
  return inside.closest(".b-combobox[data-action]");
}

/** @param {HTMLInputElement} field */
function listOf(field) {
  return document.getElementById(field.getAttribute("aria-controls") ?? "");
}

/** @param {HTMLElement} list @returns {HTMLElement[]} */
function optionsOf(list) {
  return Array.from(list.querySelectorAll("[role=option]:not([aria-disabled])"));
}
