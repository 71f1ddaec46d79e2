// Copies a number or an address; prints the page.
function find() {
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    document.dispatchEvent(new CustomEvent("anqima:say", { detail: "已复制" }));
  } catch (_) {
    document.dispatchEvent(new CustomEvent("anqima:say", { detail: `没能复制，请手抄：${button.dataset.copy}` }));
  }
});

find();
document.addEventListener("htmx:load", find);
