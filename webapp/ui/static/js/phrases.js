// A ready word tapped goes into the text, tapped again it leaves.
document.addEventListener("change", (event) => {
  const group = event.target.closest("[data-phrases]");
  const text = group && document.getElementById(group.dataset.phrases);
  if (!text) return;
  const word = event.target.value;
  const parts = text.value.split(/[；;]\s*/).filter((part) => part && part !== word);
  if (event.target.checked) parts.push(word);
  text.value = parts.join("；");
  text.dispatchEvent(new Event("input", { bubbles: true }));
});
