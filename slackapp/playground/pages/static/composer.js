// The composer: sends, keeps what was not sent, and completes commands, people and channels.

import { post, Refused } from "./live.js";

const CHOSEN = "aria-selected";

export function startComposers() {
  for (const form of composers()) prepare(form);
  new MutationObserver(() => composers().forEach(prepare)).observe(document.body, { childList: true, subtree: true });
}

/** @returns {HTMLFormElement[]} */
const composers = () => [...document.querySelectorAll("form[data-composer]")].map((it) => /** @type {HTMLFormElement} */ (it));

/** @type {WeakSet<HTMLFormElement>} */
const prepared = new WeakSet();

/** @param {HTMLFormElement} form */
function prepare(form) {
  if (prepared.has(form)) return;
  prepared.add(form);
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
  const offers = new Offers(form, text);
  const draft = () => `draft ${form.dataset.draft}`;
  // Somebody quick may have begun to type before this ran.
  text.value ||= sessionStorage.getItem(draft()) ?? "";
  fit(text);

  text.addEventListener("input", () => {
    sessionStorage.setItem(draft(), text.value);
    trouble(form, "");
    fit(text);
    offers.show();
  });
  text.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (offers.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  text.addEventListener("blur", () => setTimeout(() => offers.hide(), 150));
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-insert]") : null;
    if (!(button instanceof HTMLButtonElement)) return;
    button.closest("details")?.removeAttribute("open");
    put(text, button.dataset.insert ?? "", 0, text.value.length);
    offers.show();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    const sent = text.value;
    if (!sent.trim()) return;
    offers.hide();
    trouble(form, "");
    form.setAttribute("aria-busy", "true");
    try {
      await post(form.action, [.../** @type {any} */ (new FormData(form))]);
      if (text.value === sent) text.value = "";
      sessionStorage.setItem(draft(), text.value);
      fit(text);
      const list = document.getElementById(form.id === "p-composer-thread" ? "p-thread-messages" : "p-messages");
      if (list) list.scrollTop = list.scrollHeight;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      trouble(form, error.message);
    } finally {
      form.removeAttribute("aria-busy");
    }
  });
}

/** @param {HTMLFormElement} form @param {string} sentence */
function trouble(form, sentence) {
  const place = form.querySelector(".p-trouble");
  if (place) place.textContent = sentence;
}

/** As high as what is in it. @param {HTMLTextAreaElement} text */
function fit(text) {
  text.rows = Math.min(Math.max(text.value.split("\n").length, Math.ceil(text.value.length / 90), 1), 10);
}

/** @param {HTMLTextAreaElement} text @param {string} inserted @param {number} from @param {number} to */
function put(text, inserted, from, to) {
  text.setRangeText(inserted, from, to, "end");
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

/** What can be completed at the caret, under the composer's list. */
class Offers {
  /** @param {HTMLFormElement} form @param {HTMLTextAreaElement} text */
  constructor(form, text) {
    this.text = text;
    this.list = /** @type {HTMLElement} */ (form.querySelector(".p-offers"));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const offer = event.target instanceof Element ? event.target.closest(".p-offer") : null;
      if (offer instanceof HTMLElement) this.take(offer);
    });
  }

  /** The sign and what was typed after it, if the caret stands in something that can be completed. */
  begun() {
    const before = this.text.value.slice(0, this.text.selectionStart);
    const command = /^\/(\S*)$/.exec(before);
    if (command) return { sign: "/", typed: command[1], from: 0 };
    const name = /(?:^|\s)([@#])([^\s@#][^@#\n]{0,40}|)$/.exec(before);
    if (!name || before.startsWith("/")) return null;
    return { sign: name[1], typed: name[2], from: before.length - name[2].length - 1 };
  }

  show() {
    const begun = this.begun();
    const typed = begun?.typed.toLowerCase() ?? "";
    let many = 0;
    for (const offer of this.all()) {
      const name = (offer.dataset.name ?? "").toLowerCase();
      const fits = begun !== null && offer.dataset.sign === begun.sign && begins(name, typed) && many < 8;
      offer.hidden = !fits;
      if (fits) many += 1;
    }
    this.list.hidden = many === 0;
    this.choose(this.shown()[0]);
  }

  hide() {
    this.list.hidden = true;
    this.choose(undefined);
  }

  /** @returns {HTMLElement[]} */
  all() {
    return [...this.list.querySelectorAll(".p-offer")].map((it) => /** @type {HTMLElement} */ (it));
  }

  shown() {
    return this.list.hidden ? [] : this.all().filter((offer) => !offer.hidden);
  }

  /** @param {HTMLElement | undefined} chosen */
  choose(chosen) {
    for (const offer of this.all()) offer.setAttribute(CHOSEN, String(offer === chosen));
    if (chosen) this.text.setAttribute("aria-activedescendant", chosen.id);
    else this.text.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  /** @param {HTMLElement} offer */
  take(offer) {
    const begun = this.begun();
    if (begun) put(this.text, offer.dataset.insert ?? "", begun.from, this.text.selectionStart);
    this.hide();
  }

  /** Whether the key was for the list. @param {KeyboardEvent} event */
  key(event) {
    const shown = this.shown();
    const at = shown.findIndex((offer) => offer.getAttribute(CHOSEN) === "true");
    if (at < 0) return false;
    if (event.key === "ArrowDown") this.choose(shown[(at + 1) % shown.length]);
    else if (event.key === "ArrowUp") this.choose(shown[(at - 1 + shown.length) % shown.length]);
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) this.take(shown[at]);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}

/** Whether a name, or one of its words, begins so. @param {string} name @param {string} typed */
function begins(name, typed) {
  return name.startsWith(typed) || name.split(/[\s-]/).some((word) => word.startsWith(typed));
}
