// Dark or light: the system's wish, unless the switch says otherwise. Canvases get their colours here.

const NAMES = ["bg", "text", "dim", "line", "good", "fair", "poor", "gone", "tree", "gateway", "sensor", "relay", "down", "packet", "ack",
  "offered", "delivered", "dropped", "lost", "data", "control", "select", "faultmark", "outside"];

export const colors = {};
const listeners = [];
const wish = matchMedia("(prefers-color-scheme: dark)");
let chosen = null;
try {
  chosen = localStorage.getItem("theme");
} catch {
  // Storage may be forbidden; then the switch holds until the page is left.
}

export const isDark = () => (chosen ?? (wish.matches ? "dark" : "light")) === "dark";

function apply() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  const style = getComputedStyle(document.documentElement);
  for (const name of NAMES) colors[name] = style.getPropertyValue("--" + name).trim();
  for (const listener of listeners) listener();
}

export function onTheme(listener) { listeners.push(listener); }

export function toggleTheme() {
  chosen = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("theme", chosen);
  } catch {
    // As above.
  }
  apply();
}

wish.addEventListener("change", apply);
apply();
