// A chart that needs echarts fetches the library and its options only where it stands.
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

// Colours from the tokens, so that a chart follows the page's light or dark.
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
    // Without the drawing the table behind still says it all.
    box.hidden = true;
  }
}

function find() {
  document.querySelectorAll("[data-chart]").forEach(draw);
}

find();
document.addEventListener("htmx:load", find);
