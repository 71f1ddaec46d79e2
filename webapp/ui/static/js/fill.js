// The strip of a check form counts what has a verdict.
function count() {
  const done = document.querySelector("[data-fill-done]");
  if (!done) return;
  const items = [...document.querySelectorAll("fieldset.item")];
  const filled = items.filter((item) => item.querySelector(".verdict-in:checked"));
  const bad = items.filter((item) => item.querySelector(".verdict-in--bad:checked")).length;
  done.textContent = filled.length;
  const strip = done.closest(".fill");
  strip.querySelector("progress").value = filled.length;
  const words = strip.querySelector("[data-fill-words]");
  words.textContent = `正常 ${items.filter((item) => item.querySelector(".verdict-in--ok:checked")).length} · 异常 ${bad}`;
  for (const item of items) item.classList.toggle("item--todo", !filled.includes(item));
}

document.addEventListener("change", (event) => {
  if (event.target.matches(".verdict-in")) count();
});

// "The rest is normal": a button in a group sets every open item of it.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-all-ok]");
  if (!button) return;
  for (const item of button.closest(".group").querySelectorAll("fieldset.item:not([data-must-look])")) {
    if (!item.querySelector(".verdict-in:checked")) item.querySelector(".verdict-in--ok").checked = true;
  }
  const form = button.closest("form");
  if (form) form.dispatchEvent(new Event("change", { bubbles: true }));
  count();
});

if (document.querySelector("fieldset.item")) count();
