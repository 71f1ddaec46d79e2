// The strip at the top of a phone: offline, waiting, returned, all sent. The queue tells its counts
// by document.dispatchEvent(new CustomEvent("anqima:queue", {detail: {waiting, failed}})).
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
