{
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
setTimeout(() => release(form), 15000);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
const form = event.target.closest && event.target.closest("form");
if (form) release(form);
});
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
}
{
document.addEventListener("click", (event) => {
for (const menu of document.querySelectorAll("details[data-menu][open]")) {
if (!menu.contains(event.target)) menu.open = false;
}
});
document.addEventListener("keydown", (event) => {
if (event.key !== "Escape") return;
const menu = event.target.closest && event.target.closest("details[data-menu][open]");
if (!menu) return;
menu.open = false;
menu.querySelector("summary").focus();
});
}
{
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
document.addEventListener("click", (event) => {
const dialog = event.target;
if (dialog.nodeName !== "DIALOG" || !dialog.open) return;
const typed = [...dialog.querySelectorAll("textarea, input[type=text]")].some((box) => box.value !== box.defaultValue);
if (!typed) dialog.close();
});
document.addEventListener("keydown", (event) => {
if (event.key !== " " || !event.target.matches || !event.target.matches("a[role=button]")) return;
event.preventDefault();
event.target.click();
});
}
{
const watched = new WeakSet();
function watch(toast) {
if (watched.has(toast)) return;
watched.add(toast);
let left = Number(toast.dataset.toast) || 8;
const words = toast.querySelector("[data-toast-left]");
const clock = setInterval(() => {
if (!toast.isConnected) clearInterval(clock);
if (toast.matches(":hover") || toast.contains(document.activeElement)) return;
left -= 1;
if (words) words.textContent = `（${left} 秒）`;
if (left > 0) return;
clearInterval(clock);
toast.remove();
}, 1000);
if (words) words.textContent = `（${left} 秒）`;
}
function find() {
document.querySelectorAll("#toasts [data-toast]").forEach(watch);
}
find();
document.addEventListener("htmx:load", find);
document.addEventListener("anqima:say", (event) => {
const dock = document.getElementById("toasts");
if (!dock) return;
const toast = document.createElement("div");
toast.className = "toast";
toast.dataset.toast = "6";
const words = document.createElement("span");
words.textContent = event.detail;
toast.append(words);
dock.append(toast);
watch(toast);
});
}
{
let last = null;
function bar(table) {
return document.getElementById(table.dataset.bulk);
}
function picks(table) {
return [...table.querySelectorAll("[data-pick]")];
}
function show(table) {
const boxes = picks(table);
const picked = boxes.filter((box) => box.checked);
for (const box of boxes) box.closest("tr").classList.toggle("is-picked", box.checked);
const all = table.querySelector("[data-pick-all]");
if (all) {
all.checked = boxes.length > 0 && picked.length === boxes.length;
all.indeterminate = picked.length > 0 && picked.length < boxes.length;
}
const strip = bar(table);
if (!strip) return;
strip.classList.toggle("bulk--idle", picked.length === 0);
strip.querySelector("[data-bulk-words]").textContent = `已选 ${picked.length} 条`;
strip.querySelector("[data-pick-none]").hidden = false;
}
function stretch(table, from, to, checked) {
const boxes = picks(table);
const [first, second] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
if (first < 0) return;
for (const box of boxes.slice(first, second + 1)) box.checked = checked;
}
document.addEventListener("click", (event) => {
const box = event.target.closest("[data-pick]");
const table = event.target.closest("table[data-bulk]");
if (box && table) {
if (event.shiftKey && last && table.contains(last)) stretch(table, last, box, box.checked);
last = box;
show(table);
}
const none = event.target.closest("[data-pick-none]");
if (none) {
const own = document.querySelector(`table[data-bulk="${none.closest("[data-bulk-bar]").id}"]`);
for (const one of picks(own)) one.checked = false;
show(own);
const all = own.querySelector("[data-pick-all]");
if (all) all.focus();
}
});
document.addEventListener("change", (event) => {
if (!event.target.matches("[data-pick-all]")) return;
const table = event.target.closest("table");
for (const box of picks(table)) box.checked = event.target.checked;
show(table);
});
function start() {
document.querySelectorAll("table[data-bulk]").forEach(show);
}
start();
document.addEventListener("htmx:load", start);
}
{
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
}
{
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
}
{
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
if (draft && !form.querySelector("[data-error-summary]") && JSON.stringify(draft.values) !== JSON.stringify(typed(form))) {
fill(form, draft.values);
notice(form, draft.at);
}
form.addEventListener("input", later);
form.addEventListener("change", later);
}
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
}
}
{
document.addEventListener("dragover", (event) => {
const zone = event.target.closest && event.target.closest("[data-upload]");
if (!zone) return;
event.preventDefault();
zone.classList.add("is-over");
});
document.addEventListener("dragleave", (event) => {
const zone = event.target.closest && event.target.closest("[data-upload]");
if (zone) zone.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
const zone = event.target.closest && event.target.closest("[data-upload]");
if (!zone || !event.dataTransfer || !event.dataTransfer.files.length) return;
event.preventDefault();
zone.classList.remove("is-over");
const input = zone.querySelector("input[type=file]");
input.files = event.dataTransfer.files;
input.dispatchEvent(new Event("change", { bubbles: true }));
});
function size(bytes) {
return bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
document.addEventListener("change", (event) => {
const zone = event.target.closest("[data-upload]");
if (!zone || event.target.type !== "file") return;
const files = [...event.target.files];
const words = zone.querySelector("[data-upload-words]");
words.dataset.first = words.dataset.first || words.textContent;
words.textContent = files.length ? files.map((file) => `${file.name}（${size(file.size)}）`).join("、") : words.dataset.first;
});
document.addEventListener("htmx:xhr:progress", (event) => {
const bar = event.target.querySelector && event.target.querySelector("[data-upload-progress]");
if (!bar || !event.detail.lengthComputable) return;
bar.hidden = false;
bar.value = (event.detail.loaded / event.detail.total) * 100;
});
}
{
const LONGEST = 1600;
const TARGET_BYTES = 300 * 1024;
const kept = new WeakMap();
async function picture(file) {
if ("createImageBitmap" in window) {
try {
return await createImageBitmap(file, { imageOrientation: "from-image" });
} catch (_) {
}
}
const image = new Image();
image.src = URL.createObjectURL(file);
await image.decode();
URL.revokeObjectURL(image.src);
return image;
}
function encode(canvas, quality) {
return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}
async function shrink(file) {
try {
const source = await picture(file);
const scale = Math.min(1, LONGEST / Math.max(source.width, source.height));
const canvas = document.createElement("canvas");
canvas.width = Math.round(source.width * scale);
canvas.height = Math.round(source.height * scale);
canvas.getContext("2d").drawImage(source, 0, 0, canvas.width, canvas.height);
let blob = null;
for (const quality of [0.85, 0.75, 0.65, 0.5]) {
blob = await encode(canvas, quality);
if (blob && blob.size <= TARGET_BYTES) break;
}
if (!blob || (scale === 1 && blob.size >= file.size && file.type === "image/jpeg")) return file;
const name = file.name.replace(/\.[^.]*$/, "") || "photo";
return new File([blob], `${name}.jpg`, { type: "image/jpeg", lastModified: file.lastModified });
} catch (_) {
return file;
}
}
function put(input, files) {
const bag = new DataTransfer();
for (const file of files) bag.items.add(file);
input.files = bag.files;
kept.set(input, files);
}
function thumb(box, input, file, number) {
const frame = document.createElement("span");
frame.className = "thumb";
frame.dataset.photoOne = "";
const image = document.createElement("img");
image.src = URL.createObjectURL(file);
image.alt = `第 ${number} 张照片`;
image.addEventListener("load", () => URL.revokeObjectURL(image.src));
const drop = document.createElement("button");
drop.type = "button";
drop.setAttribute("aria-label", `删除第 ${number} 张照片`);
drop.append(cross(box));
drop.addEventListener("click", () => {
put(input, kept.get(input).filter((one) => one !== file));
draw(box, input);
input.focus();
});
frame.append(image, drop);
return frame;
}
function cross(box) {
const icon = box.querySelector("[data-photo-add] svg").cloneNode(true);
const use = icon.querySelector("use");
use.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#i-x"));
return icon;
}
function draw(box, input) {
const files = kept.get(input) || [];
box.querySelectorAll("[data-photo-one]").forEach((one) => one.remove());
const add = box.querySelector("[data-photo-add]");
files.forEach((file, index) => add.before(thumb(box, input, file, index + 1)));
const most = Number(box.dataset.photos) - box.querySelectorAll("[data-photo-kept]").length;
add.hidden = files.length >= most;
add.querySelector("span").textContent = files.length ? "再拍" : "拍照";
const total = files.reduce((sum, file) => sum + file.size, 0);
box.querySelector("[data-photo-words]").textContent = files.length ? `${files.length} 张，共 ${Math.max(1, Math.round(total / 1024))} KB` : "";
}
document.addEventListener("change", async (event) => {
const box = event.target.closest("[data-photos]");
const input = event.target;
if (!box || input.type !== "file" || !("DataTransfer" in window)) return;
const words = box.querySelector("[data-photo-words]");
words.textContent = "正在处理照片…";
const before = kept.get(input) || [];
const fresh = [];
for (const file of input.files) fresh.push(await shrink(file));
const most = Number(box.dataset.photos) - box.querySelectorAll("[data-photo-kept]").length;
put(input, [...before, ...fresh].slice(0, most));
draw(box, input);
if (before.length + fresh.length > most) words.textContent = `最多 ${most} 张，多出的没有加入`;
box.dispatchEvent(new CustomEvent("anqima:photos", { bubbles: true, detail: kept.get(input) }));
});
}
{
async function start(box) {
if (box.dataset.ready) return;
box.dataset.ready = "true";
const { default: SignaturePad } = await import(box.dataset.lib);
const canvas = box.querySelector("[data-signature-pad]");
const image = box.querySelector("[data-signature-image]");
const points = box.querySelector("[data-signature-points]");
const hint = box.querySelector("[data-signature-hint]");
const clear = box.querySelector("[data-signature-clear]");
const words = box.querySelector("[data-signature-words]");
canvas.hidden = false;
const pad = new SignaturePad(canvas, { penColor: "#14213d", minWidth: 0.9, maxWidth: 2.8 });
let width = 0;
const keep = () => {
const empty = pad.isEmpty();
image.value = empty ? "" : pad.toDataURL("image/png");
points.value = empty ? "" : JSON.stringify({ width, height: canvas.offsetHeight, strokes: pad.toData() });
hint.hidden = !empty;
clear.hidden = empty;
words.textContent = empty ? "" : "已签名";
box.dispatchEvent(new CustomEvent("anqima:signed", { bubbles: true, detail: !empty }));
};
const scaled = (strokes, ratio) =>
strokes.map((stroke) => ({ ...stroke, points: stroke.points.map((p) => ({ ...p, x: p.x * ratio, y: p.y * ratio })) }));
const fit = () => {
if (!canvas.offsetWidth || canvas.offsetWidth === width) return;
const strokes = pad.toData();
const ratio = width ? canvas.offsetWidth / width : 1;
width = canvas.offsetWidth;
const density = Math.max(window.devicePixelRatio || 1, 2);
canvas.width = width * density;
canvas.height = canvas.offsetHeight * density;
canvas.getContext("2d").scale(density, density);
pad.clear();
if (strokes.length) pad.fromData(scaled(strokes, ratio));
keep();
};
const saved = points.value;
fit();
if (saved) {
const { width: before, strokes } = JSON.parse(saved);
pad.fromData(scaled(strokes, width / before));
keep();
}
pad.addEventListener("endStroke", keep);
clear.addEventListener("click", () => {
pad.clear();
keep();
canvas.focus();
});
if ("ResizeObserver" in window) new ResizeObserver(fit).observe(canvas);
else window.addEventListener("resize", fit);
}
function find() {
document.querySelectorAll("[data-signature]").forEach(start);
}
find();
document.addEventListener("htmx:load", find);
}
{
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
}
{
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
}
{
const strip = document.querySelector("[data-status-strip]");
let queue = null;
function say(kind, icon, words, link) {
strip.hidden = false;
strip.className = `status-strip${kind ? ` status-strip--${kind}` : ""}`;
const use = strip.querySelector("use");
use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#i-${icon}`));
strip.querySelector("[data-status-words]").textContent = words;
const more = strip.querySelector("[data-status-link]");
more.hidden = !link || more.getAttribute("href") === "#";
}
function show() {
const waiting = queue ? queue.waiting : 0;
const failed = queue ? queue.failed : 0;
if (!navigator.onLine) say("offline", "wifi-off", waiting ? `离线 · ${waiting} 条待发送，存在本机` : "离线，填写的内容存在本机", waiting > 0);
else if (failed) say("failed", "alert-circle", `${failed} 条被退回，须改正`, true);
else if (waiting) say("waiting", "cloud-upload", `${waiting} 条待发送`, true);
else if (queue) say("", "circle-check", "全部已送达", false);
else strip.hidden = true;
}
if (strip) {
window.addEventListener("online", show);
window.addEventListener("offline", show);
document.addEventListener("anqima:queue", (event) => {
queue = event.detail;
show();
});
show();
}
}
{
const YEAR_SECONDS = 31536000;
const root = document.documentElement;
function isDark() {
return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}
for (const button of document.querySelectorAll("[data-theme-switch]")) {
const name = () => {
button.querySelector("span").textContent = isDark() ? "换浅色" : "换深色";
};
button.hidden = false;
name();
button.addEventListener("click", () => {
root.dataset.theme = isDark() ? "light" : "dark";
const secure = location.protocol === "https:" ? "; Secure" : "";
document.cookie = `theme=${root.dataset.theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
name();
});
}
}
{
function close(detail) {
const row = detail.previousElementSibling;
detail.remove();
if (!row) return;
row.classList.remove("is-open");
const link = row.querySelector("[data-row-open]");
if (!link) return;
link.setAttribute("aria-expanded", "false");
link.focus();
}
document.addEventListener("click", (event) => {
const cross = event.target.closest("[data-row-close]");
const detail = cross && cross.closest("tr.row-detail");
if (!detail) return;
event.preventDefault();
close(detail);
});
document.addEventListener("keydown", (event) => {
const detail = event.key === "Escape" && event.target.closest && event.target.closest("tr.row-detail");
if (detail) close(detail);
});
document.addEventListener("htmx:beforeRequest", (event) => {
const link = event.target.closest && event.target.closest("[data-row-open]");
const detail = link && link.closest("tr").nextElementSibling;
if (!detail || !detail.matches("tr.row-detail")) return;
event.preventDefault();
close(detail);
});
document.addEventListener("htmx:afterSwap", (event) => {
const asked = event.detail.requestConfig;
const link = asked && asked.elt && asked.elt.closest && asked.elt.closest("[data-row-open]");
if (!link) return;
link.closest("tr").classList.add("is-open");
link.setAttribute("aria-expanded", "true");
});
}
{
function library(address) {
window.anqimaCharts = window.anqimaCharts || new Promise((resolve, reject) => {
const script = document.createElement("script");
script.src = address;
script.onload = () => resolve(window.echarts);
script.onerror = reject;
document.head.append(script);
});
return window.anqimaCharts;
}
function manners() {
const style = getComputedStyle(document.documentElement);
const token = (name) => style.getPropertyValue(`--${name}`).trim();
return {
animation: false,
color: [token("accent-fill"), token("map-3"), token("ink-3"), token("map-2"), token("warn"), token("ok")],
textStyle: { color: token("ink-2"), fontFamily: "inherit" },
grid: { left: 16, right: 16, top: 32, bottom: 16, containLabel: true },
tooltip: { trigger: "axis", renderMode: "richText" },
};
}
async function draw(box) {
if (box.dataset.ready) return;
box.dataset.ready = "true";
try {
const [echarts, options] = await Promise.all([
library(box.dataset.lib),
fetch(box.dataset.chart, { headers: { Accept: "application/json" } }).then((answer) => answer.json()),
]);
const chart = echarts.init(box, null, { renderer: "svg" });
chart.setOption({ ...manners(), ...options });
window.addEventListener("resize", () => chart.resize());
} catch (_) {
box.hidden = true;
}
}
function find() {
document.querySelectorAll("[data-chart]").forEach(draw);
}
find();
document.addEventListener("htmx:load", find);
}
{
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
}
{
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
}
{
function find() {
if (!navigator.geolocation) return;
for (const button of document.querySelectorAll("[data-position]")) button.hidden = false;
}
function say(button, words) {
const place = button.parentElement.querySelector("[data-position-words]");
if (place) place.textContent = words;
}
document.addEventListener("click", (event) => {
const button = event.target.closest("[data-position]");
if (!button) return;
say(button, "正在定位…");
navigator.geolocation.getCurrentPosition(
({ coords }) => {
document.getElementById(button.dataset.position).value = `${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)},${Math.round(coords.accuracy)}`;
say(button, `已定位，误差约 ${Math.round(coords.accuracy)} 米`);
},
() => say(button, "没有定到位，可不填"),
{ enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
);
});
find();
document.addEventListener("htmx:load", find);
}
{
const able = "BarcodeDetector" in window && navigator.mediaDevices && navigator.mediaDevices.getUserMedia;
function ours(words) {
try {
const address = new URL(words, location.href);
return address.origin === location.origin ? address : null;
} catch (_) {
return null;
}
}
function frame() {
const dialog = document.createElement("dialog");
dialog.className = "dialog";
dialog.setAttribute("aria-label", "扫码");
const body = document.createElement("div");
body.className = "dialog__body";
const video = document.createElement("video");
video.className = "dialog__camera";
video.muted = true;
video.playsInline = true;
const words = document.createElement("p");
words.setAttribute("role", "status");
words.textContent = "把二维码放进画面";
const close = document.createElement("button");
close.type = "button";
close.className = "btn btn--wide";
close.textContent = "关闭";
close.addEventListener("click", () => dialog.close());
body.append(video, words, close);
dialog.append(body);
document.body.append(dialog);
return { dialog, video, words };
}
async function look(detector, video, words) {
const [code] = await detector.detect(video).catch(() => []);
if (!code) return false;
const address = ours(code.rawValue);
if (!address) {
words.textContent = "这不是本系统的码";
return false;
}
location.assign(address);
return true;
}
async function scan() {
const { dialog, video, words } = frame();
let stream = null;
dialog.addEventListener("close", () => {
if (stream) stream.getTracks().forEach((track) => track.stop());
dialog.remove();
});
dialog.showModal();
try {
stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
video.srcObject = stream;
await video.play();
const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
const step = async () => {
if (!dialog.open || (await look(detector, video, words))) return;
setTimeout(step, 200);
};
step();
} catch (_) {
words.textContent = "不能使用相机：请在系统设置里允许，或用手机自带的相机扫码";
}
}
document.addEventListener("click", (event) => {
if (event.target.closest("[data-scan]")) scan();
});
if (able) document.querySelectorAll("[data-scan]").forEach((button) => (button.hidden = false));
}
