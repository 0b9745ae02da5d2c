// Puts the page together.
import * as api from "./api.js";
import { banner } from "./banner.js";
import { damageText, indexText, partText } from "./damage.js";
import { byId, el, MAX_ROWS, show } from "./dom.js";
import { EventList } from "./events.js";
import { counted, span, time } from "./format.js";
import { bindKeys, leaveAfterPointer } from "./keys.js";
import { watch } from "./live.js";
import { NetworkMap } from "./map.js";
import { Marks } from "./marks.js";
import { Moment } from "./moment.js";
import { Panels } from "./panels.js";
import { Player, SPEEDS } from "./player.js";
import { Plots } from "./plots.js";
import { GRADE_TEXT } from "./quality.js";
import { Run } from "./run.js";
import { colors, isDark, onTheme, toggleTheme } from "./theme.js";

/** The panel and the plots' line follow at most so often while it plays. */
const PANEL_EVERY_MS = 200;

/** The time in the page's address (#t=90: so many seconds after the start), null without one. */
function askedUs() {
  const seconds = new URLSearchParams(location.hash.slice(1)).get("t");
  return /^[0-9]+([.][0-9]+)?$/.test(seconds ?? "") ? Number(seconds) * 1e6 : null;
}

/** Runs something that may fail; a failure is a sentence on the page. */
async function trying(work) {
  try {
    const result = await work();
    banner("failure", "");
    return result;
  } catch (failure) {
    banner("failure", "This did not work: " + failure.message + "." + (failure.status ? "" : " Is the program still running that serves this page?"));
    return undefined;
  }
}

async function start() {
  const { id } = await api.head();
  const run = new Run(await api.header());
  await run.update();
  const moment = new Moment(run);
  const map = new NetworkMap(byId("map"), byId("zoom"), run, moment);
  const player = new Player(run, moment, changed, trying);
  const events = new EventList(run, moment, goEvent);
  const app = { run, moment, map, events, selection: null, goEvent, go, select, trying, highlight: (p) => { map.highlight = new Set(p === null ? [] : [p]); changed(); },
    selectNode: (node) => select({ node }), selectLink: (a, b) => select({ link: [a, b] }) };
  const panels = new Panels(app);
  const plots = new Plots({ packets: byId("plotpackets"), frames: byId("plotframes") }, run, go);
  const marks = new Marks(byId("marks"), run, moment, go);
  let drawing = false;
  let panelAt = 0;
  let panelLater = 0;
  let notedAt = -1;
  const frames = [];
  window.thicket = { run, moment, map, player, plots, marks, frames }; // for the browser's console and the tests

  function changed() {
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      const from = performance.now();
      draw();
      frames.push(performance.now() - from);
      if (frames.length > 2000) frames.shift();
    });
  }

  function draw() {
    map.frameUs = Math.max(50_000, 350_000 * (player.playing ? player.speed : 1));
    map.playing = player.playing || player.following;
    map.draw();
    byId("map").style.visibility = moment.damage ? "hidden" : ""; // it would show nodes without power
    byId("scrub").value = Math.round(moment.us / 1000);
    byId("scrub").setAttribute("aria-valuetext", time(moment.us));
    byId("clock").textContent = time(moment.us) + " of " + time(run.spanUs, true);
    byId("play").textContent = player.playing || player.following ? "Pause" : "Play";
    byId("live").setAttribute("aria-pressed", String(player.following));
    clearTimeout(panelLater);
    const wait = PANEL_EVERY_MS - (performance.now() - panelAt);
    if (wait <= 0) drawPanel(); else panelLater = setTimeout(drawPanel, wait);
  }

  function drawPanel() {
    panelAt = performance.now();
    panels.moved();
    plots.at(moment.us);
    const up = moment.nodes.filter((node) => node.up).length;
    byId("map").setAttribute("aria-label", "Map at " + time(moment.us) + ": " + up + " of " + run.nodes.length + " nodes up, " + counted(moment.links().length, "link")
      + ". The tables Nodes and Links have the same" + (Math.max(run.nodes.length, moment.links().length) > MAX_ROWS ? ", " + MAX_ROWS + " rows of each." : "."));
    const { damage } = moment;
    if (damage) byId("map").setAttribute("aria-label", "Map at " + time(moment.us) + ". " + partText(damage));
    if (moment.us !== notedAt) byId("noted").textContent = "";
    banner("run", wrong());
    byId("nothing").hidden = up > 0;
    byId("nothing").textContent = damage ? partText(damage) : run.nodes.length === 0 ? "This network has no nodes." : "No node is up at this time. Press space to let time go on.";
  }

  function go(us) { player.playing = false; player.following = false; return trying(() => player.go(us)); }

  function select(selection) {
    app.selection = selection;
    map.selection = selection;
    panels.why = null;
    if (panels.tab !== "details" && selection) panels.tab = "details";
    panels.draw();
    changed();
  }

  async function goEvent(event, at) {
    player.playing = false;
    player.following = false;
    await trying(() => player.goEvent(...at));
    const isThere = moment.block === at[0] && moment.position === at[1] + 1; // else that failed, or something newer was wished for
    if (event.k === "drop" && isThere) await trying(() => panels.explain(event, at));
  }

  async function step(direction) {
    player.pause();
    const next = await trying(() => events.next(direction));
    if (next) await trying(() => player.goEvent(...next));
  }

  async function nextNote() {
    const note = run.notes.find((each) => each.t > moment.us && !(each.k === "power" && each.on && each.t < 5e6));
    if (note) { await go(note.t); return; }
    notedAt = moment.us;
    byId("noted").textContent = "nothing more of note";
  }

  /** What is wrong with the run as a whole. */
  function wrong() {
    if (run.state === "cut") return "The end of this recording is missing: the run was ended early, or the file is cut off. Shown is what is whole.";
    return run.state === "damaged" ? indexText(run) : damageText(run.damaged);
  }

  /** How far it is, or how it ended: before its planned time if somebody or a broken invariant ended it, or the recording was full. */
  function stateText() {
    if (run.state === "done" && run.endUs < run.header.durationUs) return "ends at " + time(run.endUs, true) + " of " + time(run.header.durationUs, true) + " planned";
    return { live: "runs: " + time(run.endUs, true), done: span(run.endUs) + " recorded", cut: "cut off", damaged: "damaged" }[run.state];
  }

  /** The last drop before now that can be looked at, in this block or the ones before. */
  async function why() {
    const drop = run.notes.findLast((note) => note.k === "drop" && note.t <= moment.us && !run.damageOf(run.blockAt(note.t)));
    if (!drop) {
      panels.answer(el("p", {}, "No message was dropped up to " + time(moment.us) + (run.damaged.length ? ", where the recording is whole." : ".")));
      return;
    }
    const number = run.blockAt(drop.t);
    const list = await trying(() => run.load(number));
    if (run.damageOf(number)) { await why(); return; }
    const index = list?.findIndex((event) => event.t === drop.t && event.k === "drop" && event.n === drop.n) ?? -1;
    if (index >= 0) await goEvent(list[index], [number, index]);
  }

  function followNewest() {
    const node = app.selection?.node;
    const packet = run.packets.findLast((each) => each && each.at <= moment.us && (node === undefined || each.node === node));
    if (packet) panels.follow(packet.p);
  }

  function setSpeed(direction) {
    player.speed = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(player.speed) + direction))];
    byId("speed").value = String(player.speed);
  }

  function legend() {
    const sign = (color, text) => {
      const box = el("i");
      box.style.background = colors[color];
      return el("span", {}, box, text);
    };
    const ring = (color, text) => {
      const box = el("i", { class: "ring" });
      box.style.borderColor = colors[color];
      return el("span", {}, box, text);
    };
    show(byId("legend"),
      sign("gateway", "gateway"), sign("sensor", "sensor"), sign("relay", "relay"), sign("down", "× no power"), ring("dropped", "no route"), sign("tree", "way to the gateway"), sign("packet", "data"), sign("ack", "acknowledgement"), sign("control", "control"), sign("lost", "× dropped"),
      run.outside.length ? sign("outside", "◇ agents outside") : null, el("br"),
      Object.entries(GRADE_TEXT).map(([its, text]) => sign(its, "link: " + text)),
      "Each half of a link: how well the node at that end is heard at the other.");
  }

  async function grown() {
    const { following } = player;
    await run.update();
    shape();
    if (following && run.state !== "live") await trying(() => player.go(run.endUs)); // whoever followed sees how it ended
    player.grown();
  }

  let shaped = "";
  function shape() {
    byId("scrub").max = Math.max(1, Math.round(run.spanUs / 1000));
    byId("live").hidden = run.state !== "live";
    byId("state").textContent = stateText();
    banner("run", wrong());
    if (run.state !== "live") player.following = false;
    marks.draw();
    if (run.state + (run.rows.length > 0) !== shaped) plots.rebuild(); else plots.update();
    shaped = run.state + (run.rows.length > 0);
    panels.grown();
    changed();
  }

  function layout() {
    map.turn();
    byId("layout").textContent = map.asTree ? "places" : "tree";
    changed();
  }

  document.title = run.header.name + " – Thicket";
  byId("name").textContent = run.header.name;
  byId("about").textContent = counted(run.nodes.length, "node") + ", " + run.header.protocol + ", seed " + run.header.seed;
  byId("name").parentElement.title = run.header.name;
  byId("layout").textContent = map.asTree ? "places" : "tree";
  show(byId("names"), run.nodes.map((node) => el("option", { value: node.name })));
  show(byId("speed"), SPEEDS.map((speed) => el("option", { value: speed, selected: speed === player.speed }, speed + "×")));
  const actions = {
    toggle: () => player.toggle(), step, jump: (s) => go(moment.us + s * 1e6), speed: setSpeed, first: () => go(0), last: () => go(run.endUs),
    live: () => run.state === "live" && player.follow(), search: () => byId("search").focus(), note: nextNote, why, follow: followNewest, layout,
    theme: toggleTheme, zoom: (factor) => map.zoomBy(factor), fit: () => { map.fit(); changed(); },
    clear: () => { panels.story = null; app.highlight(null); select(null); }, help: () => byId("keys").showModal(),
  };
  bindKeys(actions);
  const clicks = { play: actions.toggle, back: () => step(-1), forward: () => step(1), first: actions.first, last: actions.last, live: actions.live,
    theme: toggleTheme, help: actions.help, zoomin: () => map.zoomBy(1.3), zoomout: () => map.zoomBy(1 / 1.3), fit: actions.fit, layout };
  for (const [id, action] of Object.entries(clicks)) byId(id).addEventListener("click", action);
  byId("scrub").addEventListener("input", (event) => go(Math.round(Number(event.target.value) * 1000)));
  leaveAfterPointer(byId("scrub"), "change");
  byId("speed").addEventListener("change", (event) => { player.speed = Number(event.target.value); });
  leaveAfterPointer(byId("speed"), "change");
  let searched = "";
  function find(input) {
    searched = input.value;
    const name = searched.trim();
    const exactly = run.nodes.findIndex((node) => node.name === name);
    const found = exactly >= 0 ? exactly : run.nodes.findIndex((node) => node.name.toLowerCase() === name.toLowerCase());
    input.setCustomValidity(found < 0 && searched ? "no node has this name" : "");
    input.reportValidity();
    if (found < 0) return;
    const chosen = document.activeElement === input; // else it is being left for something else
    select({ node: found });
    if (chosen) panels.focusTop(); // the keys are the page's again
  }
  byId("search").addEventListener("change", (event) => find(event.target));
  byId("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && searched && event.target.value === searched) find(event.target); // the same name once more is no change
  });
  events.onMore = () => { if (panels.tab === "events") panels.draw(true); };
  addEventListener("hashchange", () => {
    const wanted = askedUs();
    if (wanted !== null) go(wanted);
  });
  map.onPick = (picked) => select(picked);
  map.onNeed = changed;
  onTheme(() => {
    byId("theme").textContent = isDark() ? "Light" : "Dark";
    legend();
    plots.rebuild();
    marks.draw();
    changed();
  });
  addEventListener("resize", () => marks.draw());
  byId("theme").textContent = isDark() ? "Light" : "Dark";
  legend();
  shape();
  panels.draw();
  const asked = askedUs();
  if (asked !== null) await go(asked);
  if (run.state === "live") {
    if (asked === null) player.follow();
    watch(id, {
      heard: grown,
      failed: (failure) => banner("program", failure.status ? "What is new cannot be loaded: " + failure.message + "." : "The program that serves this page does not answer any more. What was loaded can still be looked at."),
      well: () => banner("program", ""),
      other: () => location.reload(),
    });
  } else if (asked === null) {
    await go(run.endUs); // at its start no node is up
  }
  document.body.dataset.ready = "yes";
}

start().catch((failure) => banner("failure", "The run cannot be shown: " + failure.message));
