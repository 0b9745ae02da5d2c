// The keyboard: one list for the keys and for their description.
import { byId, el, show } from "./dom.js";

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
    const target = event.target;
    const typing = target instanceof HTMLInputElement && target.type !== "range" && target.type !== "checkbox";
    if (typing) {
      if (event.key === "Escape") target.blur();
      return;
    }
    // A button or a list keeps the keys that it has a use for itself.
    if ((target instanceof HTMLButtonElement || target.type === "checkbox") && event.key === " ") return;
    if (target instanceof HTMLSelectElement && event.key.startsWith("Arrow")) return;
    const name = (event.shiftKey && event.key.startsWith("Arrow") ? "Shift+" : "") + event.key;
    const found = keys.find(([key]) => key === name);
    if (found) {
      event.preventDefault();
      found[3]();
    }
  });
}
