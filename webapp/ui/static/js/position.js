// Where the phone is, when a person presses a button with data-position="id of the hidden input":
// "latitude,longitude,accuracy in metres" (WGS 84). Never asked for without the press.
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
