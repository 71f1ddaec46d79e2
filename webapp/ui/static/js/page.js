// Tells the style sheet that scripts run, and busies a form's button while it is on its way.
document.documentElement.classList.add("scripted");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "true";
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  // A download leaves this page standing: the form must be usable again.
  setTimeout(() => release(form), 15000);
});

// Coming back by the browser's button shows the page as it was left.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest && event.target.closest("form");
  if (form) release(form);
});

// A link to a closed branch opens it and all around it.
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let branch = target && target.closest("details");
  const first = branch;
  while (branch) {
    branch.open = true;
    branch = branch.parentElement.closest("details");
  }
  if (first) first.scrollIntoView();
}

window.addEventListener("hashchange", openTarget);
openTarget();

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}
