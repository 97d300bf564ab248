"use strict";
// Quantities as people read them: the rules are those of alarm/human.h.

const MINUTE = 60, HOUR = 3600, DAY = 86400;

function bytesWords(bytes) {
  if (bytes === null || !Number.isFinite(bytes)) return "unknown";
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let value = Math.abs(bytes), unit = 0;
  while (value >= 999.5 && unit + 1 < units.length) { value /= 1024; unit += 1; }
  const digits = unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1);
  return `${bytes <= -0.5 ? "\u2212" : ""}${digits} ${units[unit]}`;
}

function rateUnit(bytesPerS) {
  const perHour = Math.abs(bytesPerS) * HOUR;
  if (perHour >= 2 ** 30) return {seconds: 1, suffix: "/s"};
  return perHour >= 2 ** 20 ? {seconds: HOUR, suffix: "/h"} : {seconds: DAY, suffix: "/day"};
}

function rateWords(bytesPerS, unit = rateUnit(bytesPerS)) {
  return bytesWords(bytesPerS * unit.seconds) + unit.suffix;
}

// "3.1 to 4.6 MiB/h", in the unit of the estimate.
function rateRangeWords(interval) {
  const unit = rateUnit(interval.estimate);
  const [low, high] = [interval.low, interval.high].map((rate) => bytesWords(rate * unit.seconds));
  const sameUnit = low.split(" ")[1] === high.split(" ")[1];
  return `${sameUnit ? low.split(" ")[0] : low} to ${high}${unit.suffix}`;
}

function signedRateWords(bytesPerS) {
  return (bytesPerS > 0 ? "+" : "") + rateWords(bytesPerS);
}

function durationWords(seconds) {
  const units = [[DAY, "d"], [HOUR, "h"], [MINUTE, "min"], [1, "s"]];
  if (seconds < 1) return `${+seconds.toPrecision(2)} s`;
  const rounded = Math.round(seconds);
  const first = units.findIndex(([size]) => rounded >= size);
  const [size, name] = units[first];
  let words = `${Math.floor(rounded / size)} ${name}`;
  const below = units[first + 1];
  const rest = below ? Math.floor((rounded % size) / below[0]) : 0;
  return rest > 0 ? `${words} ${rest} ${below[1]}` : words;
}

function utcWords(unixS) {
  return new Date(unixS * 1000).toISOString().replace("T", " ").slice(0, 19) + " UTC";
}
