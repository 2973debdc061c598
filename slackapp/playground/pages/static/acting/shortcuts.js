// The app's shortcuts, in a message's menu and in the composer's.

import { during, send } from "./doing.js";

/** @param {HTMLElement} item */
export async function useShortcut(item) {
  const { shortcut = "", channel, ts } = item.dataset;
  const menu = item.closest("details");
  await during(item, async () => {
    await send("shortcut", { callback_id: shortcut, ...(channel && ts ? { channel, ts } : {}) });
  });
  if (menu) menu.open = false;
}
