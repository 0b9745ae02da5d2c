// Elements from data: text goes into text nodes only, so that no name can become markup.

export const byId = (id) => document.getElementById(id);

/** An element with attributes (functions become listeners) and children (texts or elements). */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value !== false && value !== undefined && value !== null) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

/** So many rows a table has at most. */
export const MAX_ROWS = 500;

/** A cell; of a name that has no room in it the rest is told under the pointer. */
const td = (cell, kind) => el("td", { class: kind, title: kind === "name" ? cell?.textContent ?? cell : null }, cell);

/** A table: columns are [title, "n" for numbers, "name" for what may be long, "more" for what a phone has no room for], rows are lists of cells. */
export function table(caption, columns, rows) {
  return el("table", {}, el("caption", {}, caption),
    el("thead", {}, el("tr", {}, columns.map(([title, kind]) => el("th", { class: kind, scope: "col" }, title)))),
    el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell, i) => td(cell, columns[i][1]))))));
}

/** Replaces what is in an element, and keeps how far it is scrolled. */
export function show(element, ...children) {
  const top = element.scrollTop;
  element.replaceChildren(...children.flat(Infinity).filter(Boolean));
  element.scrollTop = top;
}
