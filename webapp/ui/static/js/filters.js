// A filter with choices acts at once; empty fields stay out of the address.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-filters]");
  if (!form || !event.target.matches("select, input[type=date]")) return;
  if (form.requestSubmit) form.requestSubmit();
  else form.submit();
});

document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form[data-filters]")) return;
  for (const [name, value] of [...event.formData]) {
    if (value === "") event.formData.delete(name);
  }
});
