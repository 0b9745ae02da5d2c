// The keyboard: one list for the keys and for their description.
import { byId, el, show } from "./dom.js";

const isOf = (target, ...types) => target instanceof HTMLInputElement && types.includes(target.type);

/** Whether letters mean something there; in a list they choose. */
const isTyped = (target) => target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !isOf(target, "range", "checkbox"));

/** Whether what has the focus has a use for a key itself. */
function hasUseFor(target, key) {
  if (target instanceof HTMLButtonElement || isOf(target, "checkbox")) return key === " " || (target.role === "tab" && isMove(key, "ArrowLeft", "ArrowRight"));
  if (isOf(target, "range")) return isMove(key, "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown");
  return target.id === "panel" && (key === " " || isMove(key, "ArrowUp", "ArrowDown"));
}

const isMove = (key, ...arrows) => key === "Home" || key === "End" || arrows.includes(key);

/** A control that was used with a pointer leaves the keys to the page again; who came to it with the keyboard stays there. */
export function leaveAfterPointer(control, done) {
  let pointed = false;
  control.addEventListener("pointerdown", () => { pointed = true; });
  control.addEventListener("keydown", () => { pointed = false; });
  control.addEventListener(done, () => { if (pointed) control.blur(); });
}

/** actions: name to function. */
export function bindKeys(actions) {
  const keys = [
    [" ", "space", "play or pause", actions.toggle],
    ["ArrowLeft", "←", "event before", () => actions.step(-1)],
    ["ArrowRight", "→", "next event", () => actions.step(1)],
    ["Shift+ArrowLeft", "shift ←", "ten seconds back", () => actions.jump(-10)],
    ["Shift+ArrowRight", "shift →", "ten seconds on", () => actions.jump(10)],
    ["ArrowUp", "↑", "faster", () => actions.speed(1)],
    ["ArrowDown", "↓", "slower", () => actions.speed(-1)],
    ["Home", "Home", "to the start", actions.first],
    ["End", "End", "to the end", actions.last],
    ["l", "l", "follow a live run", actions.live],
    ["/", "/", "find a node", actions.search],
    ["n", "n", "next notable event: fault, drop, alarm", actions.note],
    ["w", "w", "why was the last message dropped", actions.why],
    ["f", "f", "follow the newest packet of the chosen node", actions.follow],
    ["m", "m", "places or tree", actions.layout],
    ["t", "t", "dark or light", actions.theme],
    ["+", "+", "closer", () => actions.zoom(1.3)],
    ["-", "-", "farther", () => actions.zoom(1 / 1.3)],
    ["0", "0", "whole network", actions.fit],
    ["Escape", "Esc", "choose nothing", actions.clear],
    ["?", "?", "these keys", actions.help],
  ];
  show(byId("keylist"), el("h2", {}, "Keys"), el("dl", {}, keys.map(([, sign, text]) => [el("dt", {}, el("kbd", {}, sign)), el("dd", {}, text)])));
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
    const { target } = event;
    if (isTyped(target)) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (!event.shiftKey && hasUseFor(target, event.key)) return;
    const name = (event.shiftKey && event.key.startsWith("Arrow") ? "Shift+" : "") + event.key;
    const found = keys.find(([key]) => key === name);
    if (found) {
      event.preventDefault();
      found[3]();
    }
  });
}
