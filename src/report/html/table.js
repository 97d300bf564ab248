"use strict";
// The call stacks, a page at a time: sorted, filtered, one or more of them open.

const ROWS_PER_PAGE = 20;

// The values as one line in a box of 100 x 20; gaps where nothing is known.
function sparkLine(values) {
  const greatest = Math.max(1, ...values.map((value) => value ?? 0));
  let path = "", pen = "M";
  values.forEach((value, i) => {
    if (value === null) { pen = "M"; return; }
    path += `${pen}${(100 * i / Math.max(1, values.length - 1)).toFixed(1)} ${(19 - 18 * value / greatest).toFixed(1)}`;
    pen = "L";
  });
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "spark");
  svg.setAttribute("viewBox", "0 0 100 20");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

const SORT_KEYS = {
  rank: (site) => site.rank,
  name: (site) => site.name,
  growth: (site) => -(grows(site) ? site.event.growth_bytes_per_s.estimate : 0),
  live: (site) => -site.event.site.live_bytes,
};

function grows(site) { return site.facts.length > 0; }

function compare(a, b) { return a < b ? -1 : a > b ? 1 : 0; }

class StackTable {
  constructor(table, frames) {
    this.body = table.tBodies[0];
    this.heads = [...table.querySelectorAll("th[data-sort]")];
    this.frames = frames;
    this.order = "rank";
    this.direction = 1;
    for (const head of this.heads) head.firstElementChild.addEventListener("click", () => this.sortBy(head.dataset.sort));
    this.body.addEventListener("click", (event) => this.clicked(event));
    this.body.addEventListener("keydown", (event) => this.pressed(event));
    document.getElementById("previous").addEventListener("click", () => this.turnTo(this.page - 1));
    document.getElementById("next").addEventListener("click", () => this.turnTo(this.page + 1));
  }

  show(life) {
    this.life = life;
    life.sites.forEach((site, rank) => {
      site.rank = rank;
      site.text ??= [site.class, site.name, ...site.stack.map((i) => `${this.frames[i].function} ${this.frames[i].file} ${this.frames[i].module}`)]
        .join("\n").toLowerCase();
    });
    this.filter("");
  }

  filter(words) {
    const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
    this.sites = this.life.sites.filter((site) => parts.every((part) => site.text.includes(part)));
    this.sort();
  }

  sortBy(order) {
    this.direction = order === this.order ? -this.direction : 1;
    this.order = order;
    this.sort();
  }

  sort() {
    const key = SORT_KEYS[this.order];
    this.sites.sort((a, b) => this.direction * compare(key(a), key(b)) || a.rank - b.rank);
    for (const head of this.heads) {
      if (head.dataset.sort !== this.order) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", this.direction > 0 ? "ascending" : "descending");
    }
    this.turnTo(0);
  }

  turnTo(page) {
    this.page = page;
    for (const detail of this.body.querySelectorAll("tr.detail")) dropDetail(detail);
    const first = page * ROWS_PER_PAGE;
    const shown = this.sites.slice(first, first + ROWS_PER_PAGE);
    this.body.replaceChildren(...shown.map((site) => this.row(site)));
    const isLast = first + ROWS_PER_PAGE >= this.sites.length;
    document.getElementById("previous").disabled = page === 0;
    document.getElementById("next").disabled = isLast;
    document.getElementById("page").textContent = this.pageWords(first, shown.length) + (isLast ? this.leftOutWords() : "");
  }

  pageWords(first, count) {
    if (count === 0) return "no call stack";
    return `${first + 1} to ${first + count} of ${this.sites.length}`;
  }

  leftOutWords() {
    const {sites, live_bytes} = this.life.left_out;
    const words = sites > 0 ? `, and ${sites} further ones that hold ${bytesWords(live_bytes)}` : "";
    return words + (this.life.suppressed > 0 ? `, ${this.life.suppressed} suppressed` : "");
  }

  row(site) {
    const caller = site.stack.findIndex((index) => this.frames[index].name === site.name) + 1;
    const callers = site.stack.slice(caller, caller + 2).map((index) => this.frames[index].name).join(" \u2190 ");
    const name = element("td", {className: "name"}, element("button", {type: "button", textContent: site.name}));
    name.firstChild.setAttribute("aria-expanded", "false");
    if (callers) name.append(element("small", {textContent: `\u2190 ${callers}`}));
    const growth = element("td", {className: "number"});
    if (grows(site)) {
      const rate = site.event.growth_bytes_per_s;
      growth.append(`+${rateWords(rate.estimate)}`, element("small", {textContent: rateRangeWords(rate)}));
    } else {
      growth.append(element("span", {className: "quiet", textContent: "\u2013"}));
    }
    const row = element("tr", {className: `site ${site.class === "leak" ? "leak" : grows(site) ? "grows" : ""}`},
      element("td", {}, element("span", {className: `pill ${site.event.verdict}`, textContent: site.class})), name, growth,
      element("td", {className: "number", textContent: bytesWords(site.event.site.live_bytes)}), element("td", {}, sparkLine(site.live_bytes)));
    row.site = site;
    return row;
  }

  clicked(event) {
    const row = event.target.closest("tr.site");
    if (row && getSelection().isCollapsed) this.toggle(row);
  }

  toggle(row, isOpen = !row.classList.contains("open")) {
    if (isOpen === row.classList.contains("open")) return;
    row.classList.toggle("open", isOpen);
    row.querySelector("button").setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return dropDetail(row.nextElementSibling);
    const cell = element("td", {colSpan: 5}, siteDetail(this.life, row.site, this.frames));
    row.after(element("tr", {className: "detail"}, cell));
  }

  pressed(event) {
    const row = event.target.closest("tr.site");
    if (!row) return;
    if (event.key === "Escape") return this.toggle(row, false);
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (!step) return;
    const rows = [...this.body.querySelectorAll("tr.site")];
    rows[rows.indexOf(row) + step]?.querySelector("button").focus();
    event.preventDefault();
  }
}
