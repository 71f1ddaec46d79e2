// A file dropped or chosen is named; sending it shows how far it is.
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
