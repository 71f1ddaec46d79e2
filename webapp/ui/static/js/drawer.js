// A row that opened in place (htmx put a row_detail below it) closes by its cross, by Escape or by
// its own link again; the focus goes back to the row.
function close(detail) {
  const row = detail.previousElementSibling;
  detail.remove();
  if (!row) return;
  row.classList.remove("is-open");
  const link = row.querySelector("[data-row-open]");
  if (!link) return;
  link.setAttribute("aria-expanded", "false");
  link.focus();
}

document.addEventListener("click", (event) => {
  const cross = event.target.closest("[data-row-close]");
  const detail = cross && cross.closest("tr.row-detail");
  if (!detail) return;
  event.preventDefault();
  close(detail);
});

document.addEventListener("keydown", (event) => {
  const detail = event.key === "Escape" && event.target.closest && event.target.closest("tr.row-detail");
  if (detail) close(detail);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target.closest && event.target.closest("[data-row-open]");
  const detail = link && link.closest("tr").nextElementSibling;
  if (!detail || !detail.matches("tr.row-detail")) return;
  event.preventDefault();
  close(detail);
});

document.addEventListener("htmx:afterSwap", (event) => {
  const asked = event.detail.requestConfig;
  const link = asked && asked.elt && asked.elt.closest && asked.elt.closest("[data-row-open]");
  if (!link) return;
  link.closest("tr").classList.add("is-open");
  link.setAttribute("aria-expanded", "true");
});
