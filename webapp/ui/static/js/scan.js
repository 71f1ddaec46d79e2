// Reads a code with the camera where the engine knows how; only an address of ours is followed.
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
