// Draws on the plan of a four-colour map. The form carries the shapes as JSON; positions are
// fractions of the plan, so that they hold for every size it is shown in.
import { LEAST, WIDE, canvasOf, clamp, wordsOf } from "./map_canvas.js";

const LEVELS = ["major", "significant", "moderate", "low"];
const STEP = 0.002;
const MOST_UNDONE = 100;

const box = document.querySelector("[data-map-editor]");
const find = (name) => document.querySelector(`[data-map-${name}]`);
const svg = find("plan");
const high = Number(svg.dataset.height);
const layer = find("layer");
const { place, reach, positionOf, paint } = canvasOf(svg, layer, high);
const panel = find("panel");
const input = find("shapes");
const choices = [...panel.querySelectorAll("[data-map-point]")];
const levelOf = new Map(choices.map((choice) => [choice.value, choice.dataset.level]));
const state = { shapes: read(), chosen: -1, vertex: -1, tool: "select", drawn: [], past: [], drag: null, sent: false };
const asRead = JSON.stringify(state.shapes);

function read() {
  try {
    const shapes = JSON.parse(input.value);
    return Array.isArray(shapes) ? shapes : [];
  } catch (_) {
    return [];
  }
}

const shape = () => state.shapes[state.chosen];
const isChanged = () => JSON.stringify(state.shapes) !== asRead;

function remember() {
  state.past.push(JSON.stringify(state.shapes));
  if (state.past.length > MOST_UNDONE) state.past.shift();
}

function undo() {
  if (state.tool === "polygon" && state.drawn.length) state.drawn.pop();
  else if (state.past.length) {
    state.shapes = JSON.parse(state.past.pop());
    if (state.chosen >= state.shapes.length) state.chosen = -1;
    state.vertex = -1;
  }
  // Who goes on with the keys goes on from the same shape.
  show({ focus: svg.contains(document.activeElement) ? `[data-shape="${state.chosen}"]` : "" });
}

function levelFor(one) {
  const own = choices.filter((choice) => one.points.includes(choice.value) || (one.unit && choice.dataset.unit === one.unit));
  const ranks = own.map((choice) => LEVELS.indexOf(levelOf.get(choice.value))).filter((rank) => rank >= 0);
  return ranks.length ? LEVELS[Math.min(...ranks)] : "none";
}

function show({ focus = "" } = {}) {
  paint(state, levelFor);
  svg.dataset.tool = state.tool;
  input.value = JSON.stringify(state.shapes);
  for (const tool of box.querySelectorAll("[data-map-tool]")) tool.setAttribute("aria-pressed", String(tool.dataset.mapTool === state.tool));
  find("finish").hidden = state.tool !== "polygon";
  find("finish").disabled = state.drawn.length < LEAST;
  find("undo").disabled = !state.past.length && !state.drawn.length;
  showPanel();
  showList();
  say();
  const next = focus && layer.querySelector(focus);
  if (next) next.focus();
}

function say() {
  const words = {
    polygon: "在图上依次点出区域的各个角，点回第一个角或按“完成区域”闭合；Esc 取消。",
    point: "点一下图上的位置放置点位；Esc 取消。",
    select: shape()
      ? "拖动圆点调整形状，拖动边中间的小点加一个角；选中圆点后可用方向键移动、Delete 删除。"
      : "选一个区域修改，或用上面的按钮新画一个。",
  };
  find("words").textContent = words[state.tool];
}

function showPanel() {
  const one = shape();
  panel.hidden = !one;
  find("hint").hidden = Boolean(one);
  if (!one) return;
  const name = find("name");
  if (name !== document.activeElement) name.value = one.name;
  const unit = find("unit");
  if (unit) unit.value = one.unit;
  find("confidential").checked = one.confidential;
  for (const choice of choices) choice.checked = one.points.includes(choice.value);
}

function showList() {
  const list = find("list");
  list.replaceChildren();
  state.shapes.forEach((one, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--quiet btn--small";
    button.dataset.mapChoose = at;
    if (at === state.chosen) button.setAttribute("aria-current", "true");
    const level = levelFor(one);
    const mark = document.createElement("i");
    mark.className = `rmap-legend__mark rmap-legend__mark--${level}`;
    button.append(mark, `${one.name || "未命名"}（${wordsOf(level)}）`);
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  });
}

function choose(at, vertex = -1) {
  state.chosen = at;
  state.vertex = vertex;
  if (shape()) listLinkedFirst(shape());
}

function listLinkedFirst(one) {
  const isLinked = (choice) => one.points.includes(choice.value);
  const ordered = [...choices.filter(isLinked), ...choices.filter((choice) => !isLinked(choice))];
  if (ordered.length) ordered[0].closest("div").append(...ordered.map((choice) => choice.closest("label")));
}

function take(tool) {
  state.tool = tool;
  state.drawn = [];
  if (tool !== "select") choose(-1);
  show();
}

function create(kind, vertices) {
  remember();
  const number = state.shapes.filter((one) => one.kind === kind).length + 1;
  const name = `${kind === "point" ? "点位" : "区域"} ${number}`;
  state.shapes.push({ id: "", name, kind, vertices, unit: "", points: [], confidential: false });
  state.tool = "select";
  state.drawn = [];
  choose(state.shapes.length - 1);
  show();
  find("name").focus();
  find("name").select();
}

function removeChosen() {
  const one = shape();
  if (!one) return;
  remember();
  if (state.vertex >= 0 && one.kind === "polygon" && one.vertices.length > LEAST) {
    one.vertices.splice(state.vertex, 1);
    state.vertex = Math.min(state.vertex, one.vertices.length - 1);
    show({ focus: `[data-vertex="${state.vertex}"].rmap__handle` });
    return;
  }
  state.shapes.splice(state.chosen, 1);
  choose(-1);
  show();
}

// The whole shape stays inside the plan: it stops at the edge as it is, and is not bent.
function shifted(vertices, dx, dy) {
  const [xs, ys] = [vertices.map((vertex) => vertex[0]), vertices.map((vertex) => vertex[1])];
  const right = Math.min(Math.max(dx, -Math.min(...xs)), 1 - Math.max(...xs));
  const down = Math.min(Math.max(dy, -Math.min(...ys)), 1 - Math.max(...ys));
  return vertices.map(([x, y]) => [clamp(x + right), clamp(y + down)]);
}

function move(dx, dy) {
  const one = shape();
  remember();
  if (state.vertex >= 0) {
    const [x, y] = one.vertices[state.vertex];
    one.vertices[state.vertex] = [clamp(x + dx), clamp(y + dy)];
    show({ focus: `[data-vertex="${state.vertex}"].rmap__handle` });
  } else {
    one.vertices = shifted(one.vertices, dx, dy);
    show({ focus: `[data-shape="${state.chosen}"]` });
  }
}

function pressDrawing(event) {
  const at = positionOf(event);
  if (state.tool === "point") {
    create("point", [at]);
    return;
  }
  const [x, y] = place(at);
  const [first, last] = [state.drawn[0], state.drawn[state.drawn.length - 1]];
  const near = ([otherX, otherY], pixels) => Math.hypot(otherX - x, otherY - y) < reach(pixels);
  if (state.drawn.length >= LEAST && near(place(first), 16)) {
    create("polygon", state.drawn);
    return;
  }
  // A double click is one corner, not two.
  if (state.drawn.length && near(place(last), 4)) return;
  state.drawn.push(at);
  show();
}

svg.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  event.preventDefault();
  if (state.tool !== "select") {
    pressDrawing(event);
    return;
  }
  const { vertex, between } = event.target.dataset;
  const held = event.target.closest("[data-shape]");
  const drag = { from: positionOf(event), before: JSON.stringify(state.shapes), moved: false };
  if (vertex !== undefined) state.vertex = Number(vertex);
  else if (between !== undefined) {
    shape().vertices.splice(Number(between) + 1, 0, drag.from);
    state.vertex = Number(between) + 1;
    drag.moved = true;
  } else choose(held ? Number(held.dataset.shape) : -1);
  if (shape()) {
    drag.start = shape().vertices.map((corner) => [...corner]);
    state.drag = drag;
    svg.setPointerCapture(event.pointerId);
  }
  show({ focus: state.vertex >= 0 ? `[data-vertex="${state.vertex}"].rmap__handle` : `[data-shape="${state.chosen}"]` });
});

svg.addEventListener("pointermove", (event) => {
  const { drag } = state;
  if (!drag) return;
  const [x, y] = positionOf(event);
  const [dx, dy] = [x - drag.from[0], y - drag.from[1]];
  // A finger trembles: what moves less than this was a tap.
  if (!drag.moved && Math.hypot(dx * WIDE, dy * high) < reach(4)) return;
  drag.moved = true;
  if (state.vertex >= 0) shape().vertices[state.vertex] = [x, y];
  else shape().vertices = shifted(drag.start, dx, dy);
  show();
});

function drop() {
  const { drag } = state;
  state.drag = null;
  if (!drag || !drag.moved) return;
  state.past.push(drag.before);
  show({ focus: state.vertex >= 0 ? `[data-vertex="${state.vertex}"].rmap__handle` : "" });
}

svg.addEventListener("pointerup", drop);
svg.addEventListener("pointercancel", drop);

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

svg.addEventListener("keydown", (event) => {
  const { vertex, shape: at } = event.target.dataset;
  if (vertex !== undefined) state.vertex = Number(vertex);
  const arrow = ARROWS[event.key];
  if (arrow && shape()) {
    event.preventDefault();
    const step = event.shiftKey ? STEP * 10 : STEP;
    move(arrow[0] * step, arrow[1] * step * (WIDE / high));
  } else if ((event.key === "Delete" || event.key === "Backspace") && shape()) {
    event.preventDefault();
    removeChosen();
  } else if ((event.key === "Enter" || event.key === " ") && at !== undefined) {
    event.preventDefault();
    choose(Number(at));
    show({ focus: `[data-shape="${at}"]` });
  }
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches("input:not([type=checkbox]), textarea, select");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !isTyping) {
    event.preventDefault();
    undo();
  } else if (event.key === "Escape" && state.tool !== "select") take("select");
  else if (event.key === "Enter" && state.tool === "polygon" && state.drawn.length >= LEAST && !isTyping) {
    event.preventDefault();
    create("polygon", state.drawn);
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.mapTool) take(button.dataset.mapTool);
  else if (button.dataset.mapChoose) {
    state.tool = "select";
    choose(Number(button.dataset.mapChoose));
    show({ focus: `[data-shape="${button.dataset.mapChoose}"]` });
  } else if (button === find("finish")) create("polygon", state.drawn);
  else if (button === find("undo")) undo();
  // A box in the middle, for those who draw with keys alone.
  else if (button === find("box")) create("polygon", [[0.4, 0.4], [0.6, 0.4], [0.6, 0.6], [0.4, 0.6]]);
  else if (button === find("remove")) {
    state.vertex = -1;
    removeChosen();
  }
});

panel.addEventListener("input", (event) => {
  const one = shape();
  const { target } = event;
  if (!one || target === find("filter")) return;
  remember();
  if (target === find("name")) one.name = target.value;
  else if (target === find("unit")) one.unit = target.value;
  else if (target === find("confidential")) one.confidential = target.checked;
  else if (target.checked) one.points.push(target.value);
  else one.points = one.points.filter((id) => id !== target.value);
  show();
});

// Enter in a field of the panel is no wish to leave the page.
panel.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
});

find("filter").addEventListener("input", (event) => {
  const words = event.target.value.trim();
  for (const choice of choices) choice.closest("label").hidden = !choice.closest("label").textContent.includes(words);
});

input.form.addEventListener("submit", () => (state.sent = true));
window.addEventListener("beforeunload", (event) => {
  if (!state.sent && isChanged()) event.preventDefault();
});
new ResizeObserver(() => !state.drag && show()).observe(svg);
