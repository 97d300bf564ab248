"""Figures of many runs, as medians with their range, and Markdown."""

import statistics
import sys
import time
from dataclasses import dataclass, field


def rounds_within(seconds, least, most):
    """0, 1, 2 ...: as many rounds as that time has room for, so that a whole ends in time on a busy machine too."""
    begin = time.monotonic()
    for number in range(most):
        elapsed = time.monotonic() - begin
        if number >= least and elapsed * (number + 1) / number > seconds:
            return
        yield number


def rotated(items, by):
    """The same items from another start, so that none is always measured first."""
    by %= max(len(items), 1)
    return items[by:] + items[:by]


def number(value):
    """With as many digits as are worth reading."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}" if abs(value) >= 10 else f"{value:.2f}"


def spread(values, digits=None):
    """Median (min..max); of one value just that."""
    if not values:
        return ""
    text = number if digits is None else lambda value: f"{value:.{digits}f}"
    if len(values) == 1:
        return text(values[0])
    return f"{text(statistics.median(values))} ({text(min(values))}..{text(max(values))})"


def markdown(columns, rows):
    """The lines of a table; each row is a list of cells, the first its name."""
    return [f"| {' | '.join(columns)} |", "| --- |" + " ---: |" * (len(columns) - 1),
            *(f"| {' | '.join(row)} |" for row in rows)]


def print_table(title, columns, rows):
    print(f"\n{title}\n\n" + "\n".join(markdown(columns, rows)), flush=True)


@dataclass
class Row:
    """One thing measured, for every configuration: {configuration name: values}, or why there are none."""

    name: str
    unit: str  # "ratio" and "+ms" are relative to plain of the same round, whose own values are in plain_unit
    plain_unit: str = ""
    values: dict = field(default_factory=dict)
    reasons: dict = field(default_factory=dict)

    def add(self, configuration, value):
        self.values.setdefault(configuration.name, []).append(value)

    def cannot(self, configuration, reason):
        self.reasons[configuration.name] = reason

    def as_json(self):
        figures = {name: {"median": statistics.median(values), "min": min(values), "max": max(values),
                          "rounds": len(values)} for name, values in self.values.items()}
        return {"name": self.name, "unit": self.unit, "plain_unit": self.plain_unit, "values": figures,
                "reasons": self.reasons}


class Notes:
    """Footnotes, each reason once."""

    def __init__(self):
        self.texts = []

    def mark(self, reason):
        if reason not in self.texts:
            self.texts.append(reason)
        return f"- [{self.texts.index(reason) + 1}]"

    def lines(self):
        return [f"{i}. {text}" for i, text in enumerate(self.texts, 1)]


def side_by_side(rows, columns, notes):
    """Lines of the table of those rows, a column for plain and one for each of the names."""
    def cell(row, name):
        if row.values.get(name):
            return spread(row.values[name])
        return notes.mark(row.reasons.get(name, "was not measured"))

    def plain(row):
        values = row.values.get("plain")
        return f"{number(statistics.median(values))} {row.plain_unit}" if values else ""

    return markdown(["", "plain", "unit", *columns],
                    [[row.name, plain(row), row.unit, *(cell(row, name) for name in columns)] for row in rows])


def progress(text):
    """What is being done, on standard error: one line that is written over where that is a terminal."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
    else:
        print(text, file=sys.stderr, flush=True)
