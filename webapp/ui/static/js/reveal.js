// Shows a password while one wants to see it; it is hidden again before it is sent.
function find() {
  for (const eye of document.querySelectorAll("[data-reveal]")) eye.hidden = false;
}

document.addEventListener("click", (event) => {
  const eye = event.target.closest("[data-reveal]");
  if (!eye) return;
  const box = document.getElementById(eye.dataset.reveal);
  const shown = box.type === "text";
  box.type = shown ? "password" : "text";
  eye.setAttribute("aria-pressed", String(!shown));
});

document.addEventListener("submit", (event) => {
  for (const eye of event.target.querySelectorAll("[data-reveal]")) document.getElementById(eye.dataset.reveal).type = "password";
});

find();
document.addEventListener("htmx:load", find);
