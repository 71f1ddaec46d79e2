// A chart that needs echarts fetches the library and its options only where it stands.
function library(address) {
  window.anqimaCharts ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.echarts);
    script.onerror = reject;
    document.head.append(script);
  });
  return window.anqimaCharts;
}

async function draw(box) {
  if (box.dataset.ready) return;
  box.dataset.ready = "true";
  try {
    const [echarts, options] = await Promise.all([
      library(box.dataset.lib),
      fetch(box.dataset.chart, { headers: { Accept: "application/json" } }).then((answer) => answer.json()),
    ]);
    box.hidden = false;
    const chart = echarts.init(box, null, { renderer: "svg" });
    chart.setOption({ animation: false, aria: { enabled: true }, ...options });
    window.addEventListener("resize", () => chart.resize());
  } catch {
    // Without the drawing the table behind still says it all.
    box.hidden = true;
  }
}

function find() {
  document.querySelectorAll("[data-chart]").forEach(draw);
}

find();
document.addEventListener("htmx:load", find);
