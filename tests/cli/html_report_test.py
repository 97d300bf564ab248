import json
import os
import pathlib
import tempfile
import unittest

import browser
import tool

TICK_S = 10
LIMIT = 200 << 20
HOSTILE = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 1'><b>&amp;"

# The least ratio of brightness of a text to what is behind it: of WCAG 2, level AA.
CONTRAST = """
const parse = (color) => { const p = color.match(/[0-9.]+/g).map(Number); return p.length < 4 ? [...p, 1] : p; };
const over = (top, under) => [0, 1, 2].map((i) => top[3] * top[i] + (1 - top[3]) * under[i]);
const behind = (node) => node ? over(parse(getComputedStyle(node).backgroundColor), behind(node.parentElement)) : [255, 255, 255];
const luminance = (rgb) => rgb.map((c) => c / 255).map((c) => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
let worst = [21, "nothing"];
for (const node of document.querySelectorAll("body *")) {
  const hasText = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== "");
  if (!hasText || !node.checkVisibility() || node.matches("script, option, :disabled")) continue;
  const ground = behind(node), ink = over(parse(getComputedStyle(node).color), ground);
  const [dark, bright] = [luminance(ground), luminance(ink)].sort((a, b) => a - b);
  const ratio = (bright + .05) / (dark + .05);
  if (ratio < worst[0]) worst = [ratio, `${node.tagName}.${node.className}: ${node.textContent.slice(0, 40)}`];
}
return worst;
"""


def aged(counts):
    return {"live_bytes": sum(counts.values()) << 16, "live_samples": sum(counts.values()),
            "ages": [[age, n << 16, n] for age, n in sorted(counts.items())]}


def leak_at(tick, born_a_tick=4):
    """Every sample born so far, by the doubling ladder of ages."""
    counts = {}
    for age in range(tick):
        low = 0 if age == 0 else TICK_S << (age.bit_length() - 1)
        counts[low] = counts.get(low, 0) + born_a_tick
    born = tick * born_a_tick
    return {**aged(counts), "born_bytes": born << 16, "born_samples": born, "died_bytes": 0, "died_samples": 0}


def steady_at(tick, held=200, turned_over=50):
    born, died = held + tick * turned_over, tick * turned_over
    return {**aged({0: 50, 10: 50, 20: 100}), "born_bytes": born << 16, "born_samples": born, "died_bytes": died << 16,
            "died_samples": died, "died_ages": [[40, died << 16, died]] if died else []}


def series(ticks=200, extra_sites=0):
    """A leak, a steady stack with a hostile name, and some that hold a page."""
    lines = []
    for tick in range(ticks):
        sites = [{"stack": ["net::Collector::Remember(int)", "net::Collector::Send()", "main"], **leak_at(tick)},
                 {"stack": [HOSTILE, "Cache::Put(Key)", "main"], **steady_at(tick)}]
        sites += [{"stack": [f"Small{i}", "main"], "live_bytes": 4096, "live_samples": 1} for i in range(extra_sites)]
        used = sum(site["live_bytes"] for site in sites) + (20 << 20)
        lines.append(json.dumps({"time_s": 1.7e9 + TICK_S * tick, "sample_bytes": 65536, "limit_bytes": LIMIT,
                                 "used_bytes": used, "sites": sites}))
    return "\n".join(lines) + "\n"


class HtmlReportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.directory = pathlib.Path(directory.name)
        os.chmod(cls.directory, 0o755)
        cls.browser = browser.Browser("light")
        cls.addClassCleanup(cls.browser.close)

    def open(self, content, name, scheme_browser=None):
        """Writes the report of a series, opens it; the events of --format=json."""
        path = self.directory / f"{name}.jsonl"
        path.write_text(content)
        page = self.directory / f"{name}.html"
        done = tool.run("analyze", "--format=html", "-o", str(page), str(path))
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        (scheme_browser or self.browser).open(page)
        return [json.loads(line) for line in tool.run("analyze", "--format=json", str(path)).stdout.splitlines()]

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])

    def test_the_page_shows_the_numbers_of_the_json_report(self):
        events = self.open(series(), "numbers")
        shown = self.browser.run("return life.sites.filter(grows).map((site) => site.event)")
        for event in events:
            event["site"].pop("frames")
        self.assertEqual(shown, [{**event, "severity": shown[i]["severity"]} for i, event in enumerate(events)])
        cells = self.browser.run("return [...document.querySelector('tr.site').cells].map((cell) => cell.innerText)")
        growth = events[0]["growth_bytes_per_s"]
        self.assertEqual(cells[0], "leak")
        self.assertIn("net::Collector::Remember", cells[1])
        rate, unit = cells[2].split("\n")[0].split()
        self.assertEqual(unit, "MiB/h")
        self.assertAlmostEqual(float(rate), growth["estimate"] * 3600 / (1 << 20), delta=0.5)
        self.assertEqual(cells[3], f"{events[0]['site']['live_bytes'] / (1 << 20):.1f} MiB")

    def test_the_headline_is_that_of_the_text_report(self):
        self.open(series(), "headline")
        text = tool.run("analyze", str(self.directory / "headline.jsonl"), env=tool.environment(COLUMNS="1000")).stdout
        headline = self.browser.run("return [document.querySelector('h1').textContent, document.title]")
        self.assertEqual(headline, [text.splitlines()[0], text.splitlines()[0] + " - headroom"])

    def test_the_forecast_band_runs_into_the_limit(self):
        event, = self.open(series(), "forecast")
        crossings = self.browser.run("""
          const chart = Chart.getChart("memory");
          const lines = Object.fromEntries(chart.data.datasets.map((set) => [set.label || "low", set.data]));
          const limit = lines.limit[0].y;
          return ["80 % band", "forecast", "low"].map((name) => lines[name].find((point) => point.y >= limit).x);""")
        now_s = event["time_s"] - 1.7e9
        eta = event["exhaustion"]["eta_s"]
        for crossing, edge in zip(crossings, ("low", "estimate", "high")):
            self.assertAlmostEqual(crossing - now_s, eta[edge], delta=0.05 * eta["high"], msg=edge)
        self.browser.click("#zoom [data-view=history]")
        self.assertEqual(self.browser.run("return Chart.getChart('memory').options.scales.x.max"), TICK_S * 199)

    def test_a_click_shows_a_stack_whole_and_a_key_closes_it(self):
        self.open(series(), "detail")
        self.browser.click("tr.site td.name button")
        detail = self.browser.run("return document.querySelector('tr.detail').innerText")
        for words in ("with 80 % confidence", "samples born here are still alive", "net::Collector::Remember(int)"):
            self.assertIn(words, detail)
        sets = self.browser.run("return [...document.querySelectorAll('tr.detail canvas')].map("
                                "(canvas) => Chart.getChart(canvas).data.datasets.map((set) => set.data.length))")
        self.assertEqual(sets[0][0], 101)  # of 200 dumps every second, and the last
        self.assertEqual(len(sets[1]), 1)
        self.assertGreater(sets[1][0], 4)
        self.browser.type("tr.site td.name button", "Escape")
        self.assertEqual(self.browser.run("return document.querySelectorAll('tr.detail, tr.open').length"), 0)
        self.browser.type("tr.site td.name button", "ArrowDown")
        self.assertIn("</script>", self.browser.focused())
        self.browser.type("tr.site:nth-child(2) td.name button", "Enter")
        self.assertIn("none is known", self.browser.run("return document.querySelector('tr.detail').innerText"))

    def test_places_and_unknown_ages_are_told(self):
        data = pathlib.Path(os.environ["HEADROOM_SOURCE"]) / "tests/formats/data/heaptrack/leaky.zst"
        page = self.directory / "heaptrack.html"
        self.assertEqual(tool.run("analyze", "--format=html", "-o", str(page), str(data)).returncode, 1)
        self.browser.open(page)
        self.browser.click("tr.site td.name button")
        detail = self.browser.run("return document.querySelector('tr.detail').innerText")
        self.assertIn("leaky.cpp:25", detail)
        self.assertIn("The dumps do not tell how old what is live is.", detail)

    def test_hostile_names_are_but_text(self):
        self.open(series(), "hostile")
        self.browser.click("tr.site:nth-of-type(2) td.name button")
        self.assertIn(HOSTILE, self.browser.run("return document.querySelector('tr.detail').textContent"))
        self.assertEqual(self.browser.run("return [window.broken, document.images.length, document.querySelectorAll('b').length]"),
                         [None, 0, 0])

    def test_nothing_is_fetched(self):
        self.open(series(), "alone")
        self.assertEqual(self.browser.run("return performance.getEntriesByType('resource').map((entry) => entry.name)"), [])

    def test_a_thousand_stacks_are_shown_in_pages_and_found(self):
        self.open(series(ticks=40, extra_sites=1500), "many")
        rows = "return [document.querySelectorAll('tr.site').length, document.getElementById('page').textContent]"
        self.assertEqual(self.browser.run(rows), [20, "1 to 20 of 1000"])
        self.browser.click("#next")
        self.assertEqual(self.browser.run(rows), [20, "21 to 40 of 1000"])
        self.browser.type("body", "/")
        self.browser.type("#filter", "small77")
        self.assertEqual(self.browser.run("return document.querySelector('td.name button').textContent"), "Small77")
        self.browser.run("document.getElementById('filter').value = ''; table.filter(''); table.turnTo(49)")
        self.assertIn("and 502 further ones that hold 2.0 MiB", self.browser.run(rows)[1])
        self.browser.click("th[data-sort=live] button")
        live = self.browser.run("return table.sites.map((site) => site.event.site.live_bytes)")
        self.assertEqual(live, sorted(live, reverse=True))

    def test_the_flame_graph_is_as_wide_as_what_grows(self):
        event, = self.open(series(), "flame")
        words = self.browser.run("return [...document.querySelectorAll('#flame button')].map((button) => button.title)")
        rate = f"+{event['growth_bytes_per_s']['estimate'] * 3600 / (1 << 20):.1f} MiB/h"
        self.assertTrue(words[0].startswith(f"all call stacks: {rate}, proven"), words[0])
        self.assertEqual(len([word for word in words if "Collector" in word]), 2)
        self.assertAlmostEqual(self.browser.run("return flame.root.net"), event["growth_bytes_per_s"]["estimate"], places=3)
        self.browser.click("#flame button:last-child")
        self.assertIn(f"net::Collector::Remember: {rate}", self.browser.run("return flame.words.textContent"))
        self.browser.click("#flame-reset")
        self.assertTrue(self.browser.run("return document.getElementById('flame-reset').hidden"))

    def test_shrinking_is_green(self):
        falling = series(ticks=40).splitlines()
        for tick, line in enumerate(falling):
            snapshot = json.loads(line)
            snapshot["sites"].append({"stack": ["Pool::Shrink", "main"], "live_bytes": (80 - tick) << 20})
            falling[tick] = json.dumps(snapshot)
        self.open("\n".join(falling), "falling")
        color = self.browser.run("return getComputedStyle([...document.querySelectorAll('#flame button')]"
                                 ".find((button) => button.title.startsWith('Pool::Shrink'))).backgroundColor")
        red, green, _ = [int(part) for part in color.split("(")[1].split(",")[:3]]
        self.assertGreater(green, red)

    def assert_legible(self, scheme_browser):
        self.open(series(), "legible", scheme_browser)
        scheme_browser.click("tr.site td.name button")
        ratio, where = scheme_browser.run(CONTRAST)
        self.assertGreaterEqual(ratio, 4.5, where)
        return scheme_browser.run("return [getComputedStyle(document.body).backgroundColor, Chart.getChart('memory').options.scales.x.ticks.color]")

    def test_light_and_dark_are_legible(self):
        light = self.assert_legible(self.browser)
        with browser.Browser("dark") as dark_browser:
            dark = self.assert_legible(dark_browser)
            self.assertEqual(dark_browser.complaints(), [])
        self.assertNotEqual(light[0], dark[0])
        self.assertNotEqual(light[1], dark[1])


if __name__ == "__main__":
    unittest.main()
