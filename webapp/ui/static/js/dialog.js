// Opens <dialog> as a modal; the fragment link that does it without script stays the way in.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialogOpen);
    if (!dialog || !dialog.showModal) return;
    event.preventDefault();
    dialog.showModal();
    const first = dialog.querySelector("[autofocus], input:not([type=hidden]), select, textarea");
    if (first) first.focus();
    return;
  }
  const closer = event.target.closest("[data-dialog-close]");
  const dialog = closer && closer.closest("dialog");
  if (!dialog || !dialog.open) return;
  event.preventDefault();
  dialog.close();
});

// A click on the dimmed page around a dialog closes it, unless something was typed.
document.addEventListener("click", (event) => {
  const dialog = event.target;
  if (dialog.nodeName !== "DIALOG" || !dialog.open) return;
  const typed = [...dialog.querySelectorAll("textarea, input[type=text]")].some((box) => box.value !== box.defaultValue);
  if (!typed) dialog.close();
});

// A role of button wants the space bar too.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches || !event.target.matches("a[role=button]")) return;
  event.preventDefault();
  event.target.click();
});
