// A signature drawn with a finger or a pen: the picture and its strokes go into hidden inputs.
// Turning the phone keeps the drawing: the strokes are scaled to the new width.
async function start(box) {
  if (box.dataset.ready) return;
  box.dataset.ready = "true";
  const { default: SignaturePad } = await import(box.dataset.lib);
  const canvas = box.querySelector("[data-signature-pad]");
  const image = box.querySelector("[data-signature-image]");
  const points = box.querySelector("[data-signature-points]");
  const hint = box.querySelector("[data-signature-hint]");
  const clear = box.querySelector("[data-signature-clear]");
  const words = box.querySelector("[data-signature-words]");
  canvas.hidden = false;
  const pad = new SignaturePad(canvas, { penColor: "#14213d", minWidth: 0.9, maxWidth: 2.8 });
  let width = 0;

  const keep = () => {
    const empty = pad.isEmpty();
    image.value = empty ? "" : pad.toDataURL("image/png");
    points.value = empty ? "" : JSON.stringify({ width, height: canvas.offsetHeight, strokes: pad.toData() });
    hint.hidden = !empty;
    clear.hidden = empty;
    words.textContent = empty ? "" : "已签名";
    box.dispatchEvent(new CustomEvent("anqima:signed", { bubbles: true, detail: !empty }));
  };

  const scaled = (strokes, ratio) =>
    strokes.map((stroke) => ({ ...stroke, points: stroke.points.map((p) => ({ ...p, x: p.x * ratio, y: p.y * ratio })) }));

  const fit = () => {
    if (!canvas.offsetWidth || canvas.offsetWidth === width) return;
    const strokes = pad.toData();
    const ratio = width ? canvas.offsetWidth / width : 1;
    width = canvas.offsetWidth;
    const density = Math.max(window.devicePixelRatio || 1, 2);
    canvas.width = width * density;
    canvas.height = canvas.offsetHeight * density;
    canvas.getContext("2d").scale(density, density);
    pad.clear();
    if (strokes.length) pad.fromData(scaled(strokes, ratio));
    keep();
  };

  const saved = points.value;
  fit();
  if (saved) {
    const { width: before, strokes } = JSON.parse(saved);
    pad.fromData(scaled(strokes, width / before));
    keep();
  }
  pad.addEventListener("endStroke", keep);
  clear.addEventListener("click", () => {
    pad.clear();
    keep();
    canvas.focus();
  });
  if ("ResizeObserver" in window) new ResizeObserver(fit).observe(canvas);
  else window.addEventListener("resize", fit);
}

function find() {
  document.querySelectorAll("[data-signature]").forEach(start);
}

find();
document.addEventListener("htmx:load", find);
