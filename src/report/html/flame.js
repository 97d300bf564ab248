"use strict";
// All stacks as one tree, from the outermost callers down; a frame is as wide as what moves below it, whether it grows
// or shrinks, and colored by which of the two it is.

const LEAST_SHARE = 0.002;  // of the width; a narrower frame is left out
const ROW_REM = 1.4;

function emptyNode(name, parent) { return {name, parent, width: 0, net: 0, proven: 0, stacks: 0, children: new Map()}; }

function addTo(node, rate, isProven) {
  node.width += Math.abs(rate);
  node.net += rate;
  node.proven += isProven ? rate : 0;
  node.stacks += 1;
}

// Proven growth counts as the engine says, all else by its drift.
function growthTree(life, frames) {
  const root = emptyNode("all call stacks", null);
  for (const site of life.sites) {
    const isProven = grows(site);
    const rate = isProven ? site.event.growth_bytes_per_s.estimate : site.drift_bytes_per_s;
    if (site.stack.length === 0 || rate === 0) continue;
    let node = root;
    addTo(node, rate, isProven);
    for (let i = site.stack.length - 1; i >= 0; --i) {
      const name = frames[site.stack[i]].name;
      if (!node.children.has(name)) node.children.set(name, emptyNode(name, node));
      node = node.children.get(name);
      addTo(node, rate, isProven);
    }
  }
  return root;
}

function flameColor(node) {
  if (node.net < 0) return `rgba(var(--green-fill), ${(.15 + .45 * -node.net / node.width).toFixed(3)})`;
  return `rgba(var(--red-fill), ${(.06 + .19 * node.net / node.width + .4 * node.proven / node.width).toFixed(3)})`;
}

function flameWords(node) {
  const proven = node.proven > 0 && node.net !== node.proven ? `, ${rateWords(node.proven)} of it proven` : node.proven > 0 ? ", proven" : "";
  return `${node.name}: ${signedRateWords(node.net)}${proven}, in ${node.stacks} call stack${node.stacks === 1 ? "" : "s"}`;
}

class FlameGraph {
  constructor(box, words, reset, frames) {
    Object.assign(this, {box, words, reset, frames});
    reset.addEventListener("click", () => { this.zoom(this.root); this.box.querySelector("button")?.focus(); });
    for (const kind of ["mouseover", "focusin"]) box.addEventListener(kind, (event) => this.tell(event.target.node));
    box.addEventListener("click", (event) => { if (event.target.node) this.zoom(event.target.node); });
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") this.zoom(this.root); });
  }

  show(life) {
    this.root = growthTree(life, this.frames);
    this.zoom(this.root);
  }

  tell(node) { if (node) this.words.textContent = flameWords(node); }

  zoom(top) {
    const isFocused = this.box.contains(document.activeElement);
    this.reset.hidden = top === this.root;
    this.buttons = [];
    this.depth = 0;
    const callers = [];
    for (let node = top.parent; node; node = node.parent) callers.unshift(node);
    callers.forEach((node, depth) => this.place(node, 0, 1, depth));
    if (top.width > 0) this.placeAll(top, 0, 1, callers.length);
    this.box.style.height = `${(this.depth + 1) * ROW_REM}rem`;
    this.box.replaceChildren(...this.buttons);
    if (top.width === 0) this.box.textContent = "Nothing moves.";
    if (isFocused) this.buttons[callers.length]?.focus();
    this.words.textContent = top.width > 0 ? flameWords(top) : "";
  }

  placeAll(node, left, share, depth) {
    this.place(node, left, share, depth);
    for (const child of [...node.children.values()].sort((a, b) => b.width - a.width)) {
      const childShare = share * child.width / node.width;
      if (childShare < LEAST_SHARE) break;
      this.placeAll(child, left, childShare, depth + 1);
      left += childShare;
    }
  }

  place(node, left, share, depth) {
    const button = element("button", {type: "button", textContent: share > .02 ? node.name : "", title: flameWords(node)});
    button.setAttribute("aria-label", flameWords(node));
    Object.assign(button.style, {
      left: `${100 * left}%`, width: `${100 * share}%`, top: `${depth * ROW_REM}rem`, backgroundColor: flameColor(node),
    });
    button.node = node;
    this.depth = Math.max(this.depth, depth);
    this.buttons.push(button);
  }
}
