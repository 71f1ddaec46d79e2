// Forms that are filled in at the machine (data-check): photos stay on this phone until the server
// took them, a send that fails leaves everything in place, and the key that the form was first
// given is sent again, so that the same check can never be taken in twice.
const STORE = "photos";
let opened = null;
// Engines before 2021 do not say which button sent a form: it is the one that was pressed.
let pressed = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[type=submit]");
  if (button) pressed = button;
});

function database() {
  opened = opened || new Promise((resolve, reject) => {
    const opening = indexedDB.open("anqima-drafts", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  return opened;
}

async function run(mode, work) {
  try {
    const store = (await database()).transaction(STORE, mode).objectStore(STORE);
    return await new Promise((resolve) => {
      const asked = work(store);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(undefined);
    });
  } catch (_) {
    // No store in this browser: the form works without it.
    return undefined;
  }
}

const range = (draft) => IDBKeyRange.bound(`${draft}/`, `${draft}/￿`);
const remember = (draft, name, files) => run("readwrite", (store) => store.put([...files], `${draft}/${name}`));
const recall = (draft, name) => run("readonly", (store) => store.get(`${draft}/${name}`));
const forget = (draft) => run("readwrite", (store) => store.delete(range(draft)));

// The key belongs to what was typed, not to the page: a page opened again goes on with it.
function keepKey(form) {
  const box = form.querySelector("input[name=key]");
  if (!box) return;
  try {
    const name = `key:${form.dataset.draftKey}`;
    const kept = localStorage.getItem(name);
    if (kept && !form.querySelector("[data-error-summary]")) box.value = kept;
    localStorage.setItem(name, box.value);
  } catch (_) {
    // Without a store the key of this page serves.
  }
}

async function restorePhotos(form) {
  for (const input of form.querySelectorAll("[data-photos] input[type=file]")) {
    // Photos of a refused try are on the server already and shown as such.
    if (input.closest("[data-photos]").querySelector("[data-photo-kept]")) {
      remember(form.dataset.draftKey, input.name, []);
      continue;
    }
    const files = await recall(form.dataset.draftKey, input.name);
    if (!files || !files.length || !("DataTransfer" in window)) continue;
    const bag = new DataTransfer();
    for (const file of files) bag.items.add(file);
    input.files = bag.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function unsent(form, shown) {
  const note = form.querySelector("[data-check-unsent]");
  if (!note) return;
  note.hidden = !shown;
  if (shown) note.scrollIntoView({ block: "center" });
}

function busy(form, on) {
  for (const button of [...form.elements, ...document.querySelectorAll(`[form="${form.id}"]`)]) {
    if (button.type !== "submit") continue;
    if (on) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
}

// The refused page takes the place of this one's parts; the scripts stay as they are.
function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  for (const part of ["#content", ".fill", ".dock"]) {
    const fresh = page.querySelector(part);
    const stale = document.querySelector(part);
    if (fresh && stale) stale.replaceWith(fresh);
  }
  document.querySelectorAll("form[data-check]").forEach(start);
  const main = document.getElementById("content");
  main.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
  const verdict = main.querySelector(".verdict-in");
  if (verdict) verdict.dispatchEvent(new Event("change", { bubbles: true }));
  if (!main.querySelector("[data-error-summary]")) scrollTo(0, 0);
}

// Sent by script, so that a broken network costs nothing; the answer is shown as the browser would.
async function send(form, submitter) {
  if (form.dataset.sending) return;
  form.dataset.sending = "true";
  busy(form, true);
  const device = form.querySelector("input[name=device_at]");
  if (device) device.value = new Date().toISOString();
  const data = new FormData(form);
  if (submitter && submitter.name) data.set(submitter.name, submitter.value);
  try {
    const response = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    if (response.status >= 500) throw new Error("not taken");
    if (response.redirected) {
      location.assign(response.url);
      return;
    }
    show(await response.text());
  } catch (_) {
    delete form.dataset.sending;
    busy(form, false);
    unsent(form, true);
  }
}

// The way to the first item without a verdict, and how many there are.
function count(form) {
  const link = document.querySelector("[data-check-todo]");
  if (!link) return;
  const open = [...form.querySelectorAll("fieldset.item")].filter((item) => !item.querySelector(".verdict-in:checked"));
  link.hidden = open.length === 0;
  link.textContent = `还有 ${open.length} 项未填`;
  if (open.length) link.href = `#${open[0].id}`;
}

function start(form) {
  keepKey(form);
  restorePhotos(form);
  form.addEventListener("anqima:photos", (event) => {
    const input = event.target.querySelector("input[type=file]");
    if (input) remember(form.dataset.draftKey, input.name, event.detail || []);
  });
  // A photo taken away again leaves the box without a word.
  form.addEventListener("click", (event) => {
    const cross = event.target.closest("[data-photo-one] button");
    const box = cross && cross.closest("[data-photos]");
    const input = box && box.querySelector("input[type=file]");
    if (input) setTimeout(() => remember(form.dataset.draftKey, input.name, input.files));
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !window.fetch) return;
    event.preventDefault();
    // A group's button is answered by the page itself when scripts run.
    const submitter = event.submitter || pressed;
    pressed = null;
    if (submitter && submitter.matches("[data-all-ok]")) return;
    unsent(form, false);
    send(form, submitter);
  });
  form.addEventListener("change", () => count(form));
  for (const button of form.querySelectorAll("[data-all-ok]")) button.type = "button";
  count(form);
}

// The page after success names what was taken.
for (const done of document.querySelectorAll("[data-draft-done]")) {
  forget(done.dataset.draftDone);
  try {
    localStorage.removeItem(`key:${done.dataset.draftDone}`);
  } catch (_) {
    // Nothing was kept.
  }
}

document.querySelectorAll("form[data-check]").forEach(start);
