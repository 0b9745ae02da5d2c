// Where nodes are drawn: their places, or a tree around the gateways by hops.

/** One {x, y} for each node. */
export function places(run, moment) {
  return run.nodes.map((node, n) => moment.places.get(n) ?? node);
}

/** How many times as large the whole must be as where most are, for the picture to be of the latter. */
const FAR = 3;

/** The smallest box with all places. */
export function box(places) {
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (const { x, y } of places) {
    left = Math.min(left, x); right = Math.max(right, x);
    top = Math.min(top, y); bottom = Math.max(bottom, y);
  }
  return { left, right, top, bottom };
}

/**
 * Where most nodes are, or null if that is not much smaller than the whole: a town with one house behind the hills would be a dot. The middle
 * nine tenths of each direction, and half as much again on either side.
 */
export function crowd(places) {
  const middle = (values) => {
    const sorted = values.sort((a, b) => a - b);
    const low = sorted[Math.floor((sorted.length - 1) * 0.05)];
    const high = sorted[Math.ceil((sorted.length - 1) * 0.95)];
    return [low - (high - low) / 2, high + (high - low) / 2];
  };
  if (places.length === 0) return null;
  const all = box(places);
  const [left, right] = middle(places.map((place) => place.x));
  const [top, bottom] = middle(places.map((place) => place.y));
  const size = Math.max(right - left, bottom - top);
  return size > 0 && Math.max(all.right - all.left, all.bottom - all.top) > FAR * size ? { left, right, top, bottom } : null;
}

/**
 * Gateways in the middle, each node in the ring of its hops and near the one that it hands to. Children are ordered by number, so that
 * the same network has the same picture. Nodes without a way stand in the outermost ring.
 */
export function tree(run, moment) {
  const count = run.nodes.length;
  const children = run.nodes.map(() => []);
  const roots = [];
  const placed = new Array(count).fill(null);
  for (let n = 0; n < count; n++) {
    const way = moment.way(n);
    const root = way[way.length - 1];
    if (run.nodes[n].role === "gateway") roots.push(n);
    else if (way.length > 1 && run.nodes[root].role === "gateway") children[moment.nodes[n].next].push(n);
  }
  const leaves = new Array(count).fill(1);
  const order = [];
  const stack = [...roots];
  while (stack.length) {
    const n = stack.pop();
    order.push(n);
    stack.push(...children[n]);
  }
  for (const n of order.reverse()) if (children[n].length) leaves[n] = children[n].reduce((sum, child) => sum + leaves[child], 0);
  const all = roots.reduce((sum, root) => sum + leaves[root], 0) || 1;
  let deepest = 0;
  let angle = 0;
  const inner = roots.length > 1 ? 0.6 : 0;
  const put = (root, from, to) => {
    const open = [[root, from, to, 0]];
    while (open.length) {
      const [n, low, high, depth] = open.pop();
      const middle = ((low + high) / 2) * 2 * Math.PI;
      placed[n] = { x: Math.cos(middle) * (depth + inner) * 100, y: Math.sin(middle) * (depth + inner) * 100 };
      deepest = Math.max(deepest, depth);
      let at = low;
      for (const child of children[n]) {
        const share = ((high - low) * leaves[child]) / leaves[n];
        open.push([child, at, at + share, depth + 1]);
        at += share;
      }
    }
  };
  for (const root of roots) {
    put(root, angle, angle + leaves[root] / all);
    angle += leaves[root] / all;
  }
  const lonely = placed.flatMap((place, n) => (place ? [] : [n]));
  lonely.forEach((n, i) => {
    const a = (i / lonely.length) * 2 * Math.PI;
    placed[n] = { x: Math.cos(a) * (deepest + inner + 1.4) * 100, y: Math.sin(a) * (deepest + inner + 1.4) * 100 };
  });
  return placed;
}
