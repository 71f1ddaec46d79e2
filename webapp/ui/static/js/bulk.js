// Rows picked in a table: the bar over it counts them, shift picks a stretch.
let last = null;

function bar(table) {
  return document.getElementById(table.dataset.bulk);
}

function picks(table) {
  return [...table.querySelectorAll("[data-pick]")];
}

function show(table) {
  const boxes = picks(table);
  const picked = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr").classList.toggle("is-picked", box.checked);
  const all = table.querySelector("[data-pick-all]");
  if (all) {
    all.checked = boxes.length > 0 && picked.length === boxes.length;
    all.indeterminate = picked.length > 0 && picked.length < boxes.length;
  }
  const strip = bar(table);
  if (!strip) return;
  strip.classList.toggle("bulk--idle", picked.length === 0);
  strip.querySelector("[data-bulk-words]").textContent = `已选 ${picked.length} 条`;
  strip.querySelector("[data-pick-none]").hidden = false;
}

function stretch(table, from, to, checked) {
  const boxes = picks(table);
  const [first, second] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
  if (first < 0) return;
  for (const box of boxes.slice(first, second + 1)) box.checked = checked;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-pick]");
  const table = event.target.closest("table[data-bulk]");
  if (box && table) {
    if (event.shiftKey && last && table.contains(last)) stretch(table, last, box, box.checked);
    last = box;
    show(table);
  }
  const none = event.target.closest("[data-pick-none]");
  if (none) {
    const own = document.querySelector(`table[data-bulk="${none.closest("[data-bulk-bar]").id}"]`);
    for (const one of picks(own)) one.checked = false;
    show(own);
    const all = own.querySelector("[data-pick-all]");
    if (all) all.focus();
  }
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-pick-all]")) return;
  const table = event.target.closest("table");
  for (const box of picks(table)) box.checked = event.target.checked;
  show(table);
});

function start() {
  document.querySelectorAll("table[data-bulk]").forEach(show);
}

start();
document.addEventListener("htmx:load", start);
