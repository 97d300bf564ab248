"use strict";
// Puts the page together: one life of the process at a time.

const report = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const table = new StackTable(byId("stacks"), report.frames);
const flame = new FlameGraph(byId("flame"), byId("flame-words"), byId("flame-reset"), report.frames);
let life = null;

function showMemory(view) {
  for (const button of byId("zoom").children) button.setAttribute("aria-pressed", String(button.dataset.view === view));
  drawChart(byId("memory"), (colors) => memoryChart(life, view, colors));
}

function showLife(index) {
  life = report.lives[index];
  byId("span").textContent = life.words;
  byId("time-left").textContent = life.eta_s ? `Time left: ${life.time_left}.` : life.limit ? "No end is in sight." : "No limit is known: give --limit to see the time left.";
  byId("memory").setAttribute("aria-label", `Memory over time. ${byId("time-left").textContent}`);
  byId("zoom").hidden = !life.forecast;
  showMemory(life.forecast ? "limit" : "history");
  byId("filter").value = "";
  table.show(life);
  flame.show(life);
}

function offerLives() {
  byId("lives").hidden = report.lives.length < 2;
  report.lives.forEach((each, i) => byId("life").append(new Option(`${i + 1}: from ${utcWords(each.start_s)}`, i)));
  byId("life").value = report.worst_life;
  byId("life").addEventListener("change", () => showLife(Number(byId("life").value)));
}

function showNotes() {
  byId("notes").hidden = report.notes.length === 0;
  byId("notes").querySelector("ul").append(...report.notes.map((note) => element("li", {textContent: `${note}.`})));
}

document.querySelector("main").hidden = false;
Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
offerLives();
showNotes();
showLife(report.worst_life);
byId("filter").addEventListener("input", () => table.filter(byId("filter").value));
byId("zoom").addEventListener("click", (event) => { if (event.target.dataset.view) showMemory(event.target.dataset.view); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawCharts);
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input, select")) return;
  event.preventDefault();
  byId("filter").focus();
});
