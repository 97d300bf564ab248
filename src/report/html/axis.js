"use strict";
// Axes of the charts: time in round steps of the clock, bytes in powers of two.

const TIME_STEPS = [0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10, 15, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY, 3650 * DAY];

function timeStep(span, most) {
  return TIME_STEPS.find((step) => span / step <= most) ?? span / most;
}

// "14:05" within a day, "11-03" at its start, "14:05:30" where minutes are too coarse.
function clockWords(unixS, step) {
  const text = new Date(unixS * 1000).toISOString();
  if (step >= 365 * DAY) return text.slice(0, 4);
  if (step >= 30 * DAY) return text.slice(0, 7);
  if (step >= DAY || unixS % DAY === 0) return text.slice(5, 10);
  if (step < 1) return text.slice(14, 23);
  return step < MINUTE ? text.slice(11, 19) : text.slice(11, 16);
}

function timeAxis(startS, colors) {
  let step = 1;
  return {
    type: "linear",
    grid: {color: colors.line, borderColor: colors.line, drawTicks: false},
    afterBuildTicks(axis) {
      step = timeStep(axis.max - axis.min, Math.max(2, axis.width / 90));
      axis.ticks = [];
      for (let at = Math.ceil((startS + axis.min) / step) * step; at - startS <= axis.max; at += step) axis.ticks.push({value: at - startS});
    },
    ticks: {color: colors.quiet, maxRotation: 0, autoSkip: false, padding: 6, callback: (value) => clockWords(startS + value, step)},
  };
}

function byteStep(span, most) {
  let step = 1;
  while (span / step > most) step *= 2;
  return step;
}

function bytesAxis(colors, greatest) {
  return {
    type: "linear",
    beginAtZero: true,
    suggestedMax: greatest,
    grid: {color: colors.line, borderColor: colors.line, drawTicks: false},
    afterBuildTicks(axis) {
      const step = byteStep(axis.max - axis.min, Math.max(2, axis.height / 40));
      axis.ticks = [];
      for (let at = Math.ceil(axis.min / step) * step; at <= axis.max; at += step) axis.ticks.push({value: at});
    },
    ticks: {color: colors.quiet, padding: 8, callback: (value) => bytesWords(value)},
  };
}
