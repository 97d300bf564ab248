"""Debian's Chromium without a screen, through chromedriver's W3C WebDriver protocol; the standard library suffices."""

import base64
import json
import os
import re
import subprocess
import tempfile
import urllib.error
import urllib.request

CHROMEDRIVER = "/usr/bin/chromedriver"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars"]
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "ArrowDown": "\ue015", "ArrowUp": "\ue013"}


class Browser:
    """One window. Use it as a context; close() ends the browser and its driver."""

    def __init__(self, scheme="light", width=1200, height=1000):
        self.profile = tempfile.TemporaryDirectory()
        self.driver = subprocess.Popen([CHROMEDRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                       env={**os.environ, "HOME": self.profile.name})
        try:
            self.url = f"http://127.0.0.1:{self._port()}"
            self._open_session(width, height)
            self._cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _port(self):
        for line in self.driver.stdout:
            started = re.search(r"started successfully on port (\d+)", line)
            if started:
                return int(started[1])
        raise RuntimeError("chromedriver did not start")

    def _open_session(self, width, height):
        flags = [*FLAGS, f"--user-data-dir={self.profile.name}/profile", f"--window-size={width},{height}"]
        wanted = {"browserName": "chrome", "goog:chromeOptions": {"args": flags}, "goog:loggingPrefs": {"browser": "ALL"}}
        opened = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.url += f"/session/{opened['sessionId']}"

    def _ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.read().decode()[:1000]}") from error

    def _cdp(self, command, **parameters):
        return self._ask("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, path):
        self._ask("POST", "/url", {"url": f"file://{path}"})

    def run(self, script, *arguments):
        """The value that a script returns; two frames have been drawn when it runs."""
        wait = "const done = arguments[arguments.length - 1];" \
               "requestAnimationFrame(() => requestAnimationFrame(() => done((function() {" + script + "}).apply(null, arguments))));"
        return self._ask("POST", "/execute/async", {"script": wait, "args": list(arguments)})

    def _element(self, selector):
        return self._ask("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self._ask("POST", f"/element/{self._element(selector)}/click", {})

    def type(self, selector, *keys):
        text = "".join(KEYS.get(key, key) for key in keys)
        self._ask("POST", f"/element/{self._element(selector)}/value", {"text": text})

    def focused(self):
        return self.run("return document.activeElement.textContent")

    def complaints(self):
        """What the page wrote to the console since the last call, as of warnings."""
        entries = self._ask("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] in ("WARNING", "SEVERE")]

    def screenshot(self, path, whole=True):
        picture = self._cdp("Page.captureScreenshot", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(picture["data"]))

    def close(self):
        if "/session/" in getattr(self, "url", ""):
            try:
                self._ask("DELETE", "")
            except (RuntimeError, OSError):
                pass
        self.driver.terminate()
        self.driver.wait()
        self.driver.stdout.close()
        self.profile.cleanup()
