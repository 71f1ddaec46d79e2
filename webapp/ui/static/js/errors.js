// A page that came back with errors puts the focus on their summary; its links put it on the field.
function find() {
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
}

find();
document.addEventListener("htmx:load", (event) => {
  const part = event.target;
  if (!part.matches) return;
  if (part.matches("[data-error-summary]") || part.querySelector("[data-error-summary]")) find();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  field.focus({ preventScroll: true });
  (field.closest(".field, .item") || field).scrollIntoView({ block: "center" });
});
