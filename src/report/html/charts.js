"use strict";
// Charts in the colors of the page. Each is drawn when it is first needed, and again when the colors change.

const charts = new Map();  // canvas -> function that describes its chart anew

function pageColors() {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: color("text"), quiet: color("quiet"), line: color("line"), blue: color("blue"), red: color("red"), limit: color("limit"),
    band: `rgba(${color("red-fill")}, .2)`, area: `rgba(${color("blue-fill")}, .1)`, bar: `rgba(${color("blue-fill")}, .6)`,
  };
}

function drawChart(canvas, describe) {
  charts.set(canvas, describe);
  Chart.getChart(canvas)?.destroy();
  return new Chart(canvas, describe(pageColors()));
}

function dropChart(canvas) {
  charts.delete(canvas);
  Chart.getChart(canvas)?.destroy();
}

function redrawCharts() {
  for (const [canvas, describe] of charts) drawChart(canvas, describe);
}

function points(timesS, values) {
  return values.map((y, i) => ({x: timesS[i], y: y ?? NaN}));
}

function line(label, data, color, more = {}) {
  return {label, data, borderColor: color, backgroundColor: color, borderWidth: 2, pointRadius: 0, pointHitRadius: 6, pointStyle: "line", ...more};
}

// A fit or forecast: the estimate, and the band between two lines that nobody sees.
function curveLines(label, curve, colors) {
  const edge = {borderWidth: 0, pointHitRadius: 0, isEdge: true};
  return [
    line(label, points(curve.times_s, curve.estimate), colors.red, {borderDash: [6, 4]}),
    line("80 % band", points(curve.times_s, curve.high), colors.red, {...edge, backgroundColor: colors.band, fill: "+1", pointStyle: "rect"}),
    line("", points(curve.times_s, curve.low), colors.red, {...edge, fill: false}),
  ];
}

function lineChart(startS, datasets, colors, {untilS, greatest}) {
  return {
    type: "line",
    data: {datasets},
    options: {
      animation: false, parsing: false, normalized: true, maintainAspectRatio: false,
      interaction: {mode: "nearest", axis: "x", intersect: false},
      scales: {x: {...timeAxis(startS, colors), min: 0, max: untilS}, y: bytesAxis(colors, greatest)},
      plugins: {
        legend: {
          position: "bottom", align: "start",
          labels: {color: colors.text, usePointStyle: true, boxWidth: 22, filter: (item) => item.text !== ""},
          onClick() {},
        },
        tooltip: {
          filter: (item) => !item.dataset.isEdge,
          callbacks: {
            title: (items) => items.length > 0 ? utcWords(startS + items[0].parsed.x) : "",
            label: (item) => ` ${item.dataset.label}: ${bytesWords(item.parsed.y)}`,
          },
        },
      },
    },
  };
}

// What counts against the limit, the limit, and the forecast running into it.
function memoryChart(life, view, colors) {
  const endS = life.end_s - life.start_s;
  const forecast = view === "limit" ? life.forecast : null;
  const untilS = forecast ? forecast.times_s.at(-1) : endS;
  const datasets = [];
  const isUseKnown = life.used_bytes.length > 0;
  if (isUseKnown) datasets.push(line("in use", points(life.times_s, life.used_bytes), colors.text, {spanGaps: true}));
  datasets.push(line("live heap", points(life.times_s, life.live_bytes), colors.blue, {fill: "origin", backgroundColor: colors.area}));
  if (forecast) datasets.push(...curveLines("forecast", forecast, colors));
  const isLimitShown = life.limit && (view === "limit" || life.limit.bytes < 3 * Math.max(...life.live_bytes, ...life.used_bytes));
  if (isLimitShown) {
    datasets.push(line("limit", [{x: 0, y: life.limit.bytes}, {x: untilS, y: life.limit.bytes}], colors.limit));
  }
  const chart = lineChart(life.start_s, datasets, colors, {untilS, greatest: isLimitShown ? 1.06 * life.limit.bytes : undefined});
  if (forecast && isLimitShown) chart.options.scales.y.max = 1.12 * life.limit.bytes;
  return chart;
}

// What a stack held, the engine's fit, and how it goes on.
function siteChart(life, site, colors) {
  const datasets = [line("live", points(life.times_s, site.live_bytes), colors.blue, {fill: "origin", backgroundColor: colors.area, spanGaps: false})];
  if (site.curve) datasets.push(...curveLines("fit and forecast", site.curve, colors));
  const untilS = site.curve ? site.curve.times_s.at(-1) : life.end_s - life.start_s;
  return lineChart(life.start_s, datasets, colors, {untilS});
}

function ageWords(lowS, nextS) {
  if (lowS === 0) return nextS ? `under ${durationWords(nextS)}` : "new";
  return nextS ? `${durationWords(lowS)} to ${durationWords(nextS)}` : `${durationWords(lowS)} or more`;
}

// Where each class begins, on the axis; whole in the tip. The ladder doubles: a class reaches to twice its start, the first to where the next begins.
function agesChart(ages, colors) {
  const words = ages.map(([lowS], i) => ageWords(lowS, lowS === 0 ? ages[i + 1]?.[0] : i + 1 < ages.length ? 2 * lowS : 0));
  const bars = {label: "live", data: ages.map(([, bytes]) => bytes), backgroundColor: colors.bar, maxBarThickness: 40};
  return {
    type: "bar",
    data: {labels: ages.map(([lowS]) => lowS === 0 ? "new" : `${durationWords(lowS)} +`), datasets: [bars]},
    options: {
      animation: false, maintainAspectRatio: false,
      scales: {x: {grid: {display: false}, ticks: {color: colors.quiet, maxRotation: 0}}, y: bytesAxis(colors)},
      plugins: {
        legend: {display: false},
        tooltip: {callbacks: {title: ([item]) => words[item.dataIndex], label: (item) => ` ${bytesWords(item.parsed.y)} in ${ages[item.dataIndex][2]} samples`}},
      },
    },
  };
}
