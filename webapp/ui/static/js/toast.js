// A toast counts down and goes; pointing at it or focusing it stops the clock (WCAG 2.2.1).
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

// Other modules say something briefly: document.dispatchEvent(new CustomEvent("anqima:say", {detail})).
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
