// What was typed into a form with data-draft-key stays on this device until the server took it.
// The key carries the person, so that nobody finds another's words on a shared phone.
const KEEP_DAYS = 14;
const PREFIX = "draft:";

function boxes(form) {
  return [...form.elements].filter(
    (box) => box.name && box.name !== "csrf_token" && !["file", "password", "submit", "button", "hidden"].includes(box.type),
  );
}

function typed(form) {
  return boxes(form).map((box) => [box.name, box.value, ["checkbox", "radio"].includes(box.type) ? box.checked : null]);
}

function save(form) {
  try {
    localStorage.setItem(PREFIX + form.dataset.draftKey, JSON.stringify({ at: Date.now(), values: typed(form) }));
  } catch (_) {
    // A full or forbidden store costs the draft, never the form.
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch (_) {
    return null;
  }
}

function fill(form, values) {
  const left = [...values];
  for (const box of boxes(form)) {
    const isChoice = ["checkbox", "radio"].includes(box.type);
    const index = left.findIndex(([name, value]) => name === box.name && (!isChoice || value === box.value));
    if (index < 0) continue;
    const [[, value, checked]] = left.splice(index, 1);
    if (isChoice) box.checked = checked;
    else box.value = value;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function notice(form, at) {
  const note = document.createElement("p");
  note.className = "draft-note";
  note.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = `已恢复 ${new Date(at).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" })} 未提交的内容`;
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn btn--small";
  drop.textContent = "不要，重新填";
  drop.addEventListener("click", () => {
    localStorage.removeItem(PREFIX + form.dataset.draftKey);
    form.reset();
    note.remove();
  });
  note.append(words, drop);
  form.prepend(note);
}

function restore(form) {
  if (form.dataset.draftReady) return;
  form.dataset.draftReady = "true";
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form), 400);
  };
  form.addEventListener("submit", () => save(form));
  const draft = read(form.dataset.draftKey);
  // A page that came back with errors already holds what was typed.
  if (draft && !form.querySelector("[data-error-summary]") && JSON.stringify(draft.values) !== JSON.stringify(typed(form))) {
    fill(form, draft.values);
    notice(form, draft.at);
  }
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}

// The page after success names what was taken: <… data-draft-done="key">.
function find() {
  for (const done of document.querySelectorAll("[data-draft-done]")) localStorage.removeItem(PREFIX + done.dataset.draftDone);
  document.querySelectorAll("form[data-draft-key]").forEach(restore);
}

function sweep() {
  const oldest = Date.now() - KEEP_DAYS * 86400000;
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const kept = read(key.slice(PREFIX.length));
    if (!kept || (kept.at || 0) < oldest) localStorage.removeItem(key);
  }
}

try {
  sweep();
  find();
  document.addEventListener("htmx:load", find);
} catch (_) {
  // No store in this browser: forms work without drafts.
}
