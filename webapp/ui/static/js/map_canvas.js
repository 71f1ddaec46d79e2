// The plan of a four-colour map as a drawing: shapes, names, and the handles of the chosen one.
const SVG = "http://www.w3.org/2000/svg";
const LEVEL_WORDS = { major: "重大", significant: "较大", moderate: "一般", low: "低" };
export const WIDE = 1000;
export const LEAST = 3;

export const clamp = (value) => Math.min(1, Math.max(0, Math.round(value * 1e5) / 1e5));
export const wordsOf = (level) => LEVEL_WORDS[level] || "未评价";

// As the server places names: in the widest of some level cuts, near the middle.
function anchorOf(vertices) {
  if (vertices.length < LEAST) return vertices[0];
  const heights = vertices.map((vertex) => vertex[1]);
  const top = Math.min(...heights);
  const span = Math.max(...heights) - top;
  let best = -1;
  let anchor = vertices[0];
  for (let line = 1; line <= 15; line += 1) {
    const share = line / 16;
    const y = top + span * share;
    const cuts = [];
    vertices.forEach(([x1, y1], at) => {
      const [x2, y2] = vertices[(at + 1) % vertices.length];
      if (y1 <= y !== y2 <= y) cuts.push(x1 + ((y - y1) * (x2 - x1)) / (y2 - y1));
    });
    cuts.sort((one, other) => one - other);
    for (let at = 0; at + 1 < cuts.length; at += 2) {
      const worth = (cuts[at + 1] - cuts[at]) * (1 - Math.abs(share - 0.5));
      if (worth > best) [best, anchor] = [worth, [(cuts[at] + cuts[at + 1]) / 2, y]];
    }
  }
  return anchor;
}

function add(parent, name, attributes, words = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (words) element.textContent = words;
  parent.append(element);
  return element;
}

// Draws on a plan that is WIDE wide and `high` high, whatever the size it is shown in.
export function canvasOf(svg, layer, high) {
  const place = ([x, y]) => [x * WIDE, y * high];

  // How many drawing units a finger's or pointer's width is at the size the plan has now.
  const reach = (pixels) => (pixels * WIDE) / (svg.getBoundingClientRect().width || WIDE);

  function positionOf(event) {
    const frame = svg.getBoundingClientRect();
    return [clamp((event.clientX - frame.left) / frame.width), clamp((event.clientY - frame.top) / frame.height)];
  }

  function drawShape(one, at, chosen, level) {
    const group = add(layer, "g", {
      class: `rmap__shape rmap__shape--${level}${at === chosen ? " is-chosen" : ""}`,
      tabindex: 0,
      role: "button",
      "aria-label": `${one.name || "未命名"} ${wordsOf(level)}`,
      "data-shape": at,
    });
    if (one.kind === "point") {
      const [cx, cy] = place(one.vertices[0]);
      add(group, "circle", { class: "rmap__grip", cx, cy, r: reach(22) });
      add(group, "circle", { cx, cy, r: 12 });
    } else add(group, "polygon", { points: one.vertices.map((vertex) => place(vertex).join(",")).join(" ") });
  }

  function drawName(one, level) {
    const [x, y] = place(anchorOf(one.vertices));
    const text = add(layer, "text", { class: "rmap__name", x, y: one.kind === "point" ? y + 34 : y }, one.name || "未命名");
    add(text, "tspan", { class: "rmap__level", x, dy: "1.2em" }, wordsOf(level));
  }

  function drawHandles(one, chosen) {
    if (one.kind === "point") return;
    one.vertices.forEach((vertex, at) => {
      const [x, y] = place(vertex);
      const [nextX, nextY] = place(one.vertices[(at + 1) % one.vertices.length]);
      const between = { cx: (x + nextX) / 2, cy: (y + nextY) / 2 };
      add(layer, "circle", { class: "rmap__handle rmap__handle--between", r: reach(5), ...between, "data-between": at });
      add(layer, "circle", { class: "rmap__grip", cx: x, cy: y, r: reach(20), "data-vertex": at });
      add(layer, "circle", {
        class: `rmap__handle${at === chosen ? " is-chosen" : ""}`,
        cx: x,
        cy: y,
        r: reach(8),
        tabindex: 0,
        role: "button",
        "aria-label": `顶点 ${at + 1}，方向键移动，Delete 删除`,
        "data-vertex": at,
      });
    });
  }

  function drawUnfinished(drawn) {
    if (!drawn.length) return;
    const corners = drawn.map(place);
    add(layer, "polyline", { class: "rmap__drawn", points: corners.map((corner) => corner.join(",")).join(" ") });
    corners.forEach(([cx, cy], at) => add(layer, "circle", { class: "rmap__handle", cx, cy, r: reach(at ? 6 : 10) }));
  }

  function paint({ shapes, chosen, vertex, tool, drawn }, levelFor) {
    layer.replaceChildren();
    shapes.forEach((one, at) => drawShape(one, at, chosen, levelFor(one)));
    shapes.forEach((one) => drawName(one, levelFor(one)));
    if (shapes[chosen] && tool === "select") drawHandles(shapes[chosen], vertex);
    drawUnfinished(drawn);
  }

  return { place, reach, positionOf, paint };
}
