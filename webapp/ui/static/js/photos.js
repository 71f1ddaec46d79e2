// Photos taken: each is shrunk to 1600 px and about 300 KB, shown, and can be taken away again.
// The input keeps real files (DataTransfer), so the form goes out as any form does.
const LONGEST = 1600;
const TARGET_BYTES = 300 * 1024;
const kept = new WeakMap();

async function picture(file) {
  if ("createImageBitmap" in window) {
    try {
      return await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch (_) {
      // Older engines know no options; the img element below turns the picture itself.
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
    // What this engine cannot read the server still may.
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

// The sprite's address is on the page already: take it from the box's own icon.
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
