"use strict";
// What is known of one call stack, below its row.

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

// Text alone: names come from the program and may look like anything.
function stackList(site, frames) {
  const blamed = site.stack.findIndex((index) => frames[index].name === site.name);
  return element("ol", {className: "stack"}, ...site.stack.map((index, i) => {
    const frame = frames[index];
    const item = element("li", {className: i === blamed ? "blamed" : "", textContent: frame.function || frame.name});
    item.append(element("small", {textContent: placeWords(frame)}));
    return item;
  }));
}

function placeWords(frame) {
  if (frame.file) return frame.line > 0 ? `${frame.file}:${frame.line}` : frame.file;
  if (frame.module) return `${frame.module}+0x${frame.offset.toString(16)}`;
  return "no file known";
}

function factList(site) {
  const list = element("dl");
  const facts = site.facts.length > 0 ? site.facts : [["growth", "none is known"], ["holds", bytesWords(site.event.site.live_bytes)]];
  for (const [label, words] of [...facts, ["alarm id", site.event.id]]) {
    list.append(element("dt", {textContent: label}), element("dd", {textContent: words}));
  }
  return list;
}

function chartBox(title, size, describe, label) {
  const canvas = element("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  const box = element("div", {}, element("h3", {textContent: title}), element("div", {className: `chart ${size}`}, canvas));
  requestAnimationFrame(() => { if (canvas.isConnected) drawChart(canvas, describe); });
  return box;
}

function titled(title, ...children) {
  return element("div", {}, element("h3", {textContent: title}), ...children);
}

function agesBox(site) {
  if (!site.ages) return titled("Survivors by age", element("p", {className: "quiet", textContent: "The dumps do not tell how old what is live is."}));
  return chartBox("Survivors by age", "low", (colors) => agesChart(site.ages, colors), "Live bytes by age");
}

function curveBox(life, site) {
  if (site.live_bytes.length === 0) {
    return titled("Live over time", element("p", {className: "quiet", textContent: "It is the sum of many stacks, each too small to be judged alone."}));
  }
  const words = site.curve ? "Live bytes over time, the fitted growth and its forecast" : "Live bytes over time";
  return chartBox("Live over time", "", (colors) => siteChart(life, site, colors), words);
}

function siteDetail(life, site, frames) {
  const left = element("div", {}, curveBox(life, site), agesBox(site));
  const stack = site.stack.length > 0 ? titled("Stack, innermost first", stackList(site, frames)) : "";
  const right = element("div", {}, titled("What is known", factList(site)), element("br"), stack);
  return element("div", {className: "detail-grid"}, left, right);
}

function dropDetail(node) {
  for (const canvas of node.querySelectorAll("canvas")) dropChart(canvas);
  node.remove();
}
