// Hears how a live run goes on, by asking again and again. An answer that never ends would hold one of the six connections that a browser
// has to a server for all its pages together: of several pages none would get anything else.
import * as api from "./api.js";

const SEEN_EVERY_MS = 200;
const HIDDEN_EVERY_MS = 5_000;
const FAILED_EVERY_MS = 1_000;

/** Waits until it is time to ask again; a hidden page that is shown asks at once. */
function pause(ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end() {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", shown);
      resolve();
    }
    function shown() { if (!document.hidden) end(); }
    document.addEventListener("visibilitychange", shown);
  });
}

/**
 * Waits for heard() whenever the run is farther than it was, until it is over; calls failed(why) when that did not work, well() when it does
 * again, and other() when another program answers than the one with this id.
 */
export async function watch(id, { heard, failed, well, other }) {
  let known = "";
  let lost = false;
  for (;;) {
    try {
      const head = await api.head();
      if (head.id !== id) { other(); return; }
      const now = JSON.stringify(head);
      if (now !== known) await heard();
      known = now;
      if (lost) well();
      lost = false;
      if (head.state !== "live") return;
    } catch (failure) {
      lost = true;
      failed(failure);
    }
    await pause(lost ? FAILED_EVERY_MS : document.hidden ? HIDDEN_EVERY_MS : SEEN_EVERY_MS);
  }
}
