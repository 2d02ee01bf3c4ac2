"""Drives Chromium through the portal's pages, for the tests: python3 browser.py 'STEPS'

STEPS is a JSON list of objects with one key each:
  {"script": false}              whether pages may run scripts; before anything is opened
  {"open": URL}                  opens an address
  {"type": {NAME: TEXT, ...}}    types into fields, by their names
  {"choose": {NAME: VALUE, ...}} chooses one of several, by their names and what each sends
  {"press": TEXT}                presses the button that says so, and waits for the page that comes
  {"see": true}                  tells title, heading, words, address, and what was asked of the network
  {"axe": true}                  tells what axe finds wrong, in light and dark, wide and narrow
  {"tab": true}                  walks through the page with the Tab key: tells what is reached, and whether one sees it
What is told is one JSON list on standard output.
"""

import json
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

# WCAG 2.2 A and AA, and what is good practice beside it.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server",
]


def start(folder, script):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in [*FLAGS, f"--user-data-dir={folder}"]:
        options.add_argument(flag)
    if not script:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.set_page_load_timeout(30)
    # A setting that is ignored would prove nothing.
    driver.get("data:text/html,<title>quiet</title><script>document.title='ran'</script>")
    assert driver.title == ("ran" if script else "quiet"), f"scripts: wanted {script}, and the page is {driver.title}"
    return driver


def asked(driver):
    """Every address the pages asked for since the last look."""
    told = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            request = message["params"]["request"]
            if request["url"].startswith("http"):
                referer = {name.lower(): value for name, value in request["headers"].items()}.get("referer")
                told.append({"method": request["method"], "url": request["url"], "referer": referer})
    return told


def axe(driver):
    spec = find_spec("axe_playwright_python")
    source = (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")
    wrong = []
    for scheme in ("light", "dark"):
        for width in (1280, 320):
            media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
            size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            driver.execute_script(source)
            run = "const done = arguments[1]; axe.run(document, {runOnly: arguments[0]}).then(done, error => done({error: String(error)}))"
            found = driver.execute_async_script(run, RULES)
            assert "error" not in found, found
            assert len(found["passes"]) > 5, "axe looked at nothing"
            for violation in found["violations"]:
                nodes = [node["html"] for node in violation["nodes"]]
                wrong.append({"scheme": scheme, "width": width, "rule": violation["id"], "nodes": nodes})
            if driver.execute_script("return document.documentElement.scrollWidth > window.innerWidth"):
                wrong.append({"scheme": scheme, "width": width, "rule": "the page is wider than the window", "nodes": []})
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    return wrong


def tab(driver):
    """What the Tab key reaches, in its order, each with whether its outline is seen."""
    reached = []
    for _ in range(20):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        look = """const e = document.activeElement; if (!e || e === document.body) return null;
            const style = getComputedStyle(e);
            return [e.tagName.toLowerCase() + (e.name ? ' ' + e.name : ''), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]"""
        now = driver.execute_script(look)
        if now is None or now in reached:
            return reached
        reached.append(now)
    return reached


def main():
    steps = json.loads(sys.argv[1])
    told = []
    with tempfile.TemporaryDirectory() as folder:
        script = all(step.get("script", True) for step in steps)
        driver = start(folder, script)
        try:
            for step in steps:
                [(verb, value)] = step.items()
                if verb == "open":
                    driver.get(value)
                elif verb == "type":
                    for name, text in value.items():
                        driver.find_element(By.NAME, name).send_keys(text)
                elif verb == "choose":
                    for name, choice in value.items():
                        driver.find_element(By.CSS_SELECTOR, f'input[name="{name}"][value="{choice}"]').click()
                elif verb == "press":
                    [button] = [b for b in driver.find_elements(By.TAG_NAME, "button") if b.text == value]
                    page = driver.find_element(By.TAG_NAME, "html")
                    button.click()
                    WebDriverWait(driver, 30).until(lambda _: driver.find_element(By.TAG_NAME, "html") != page)
                elif verb == "see":
                    told.append({
                        "title": driver.title,
                        "heading": driver.find_element(By.TAG_NAME, "h1").text,
                        "words": driver.find_element(By.TAG_NAME, "main").text,
                        "address": driver.current_url,
                        "asked": asked(driver),
                    })
                elif verb == "axe":
                    told.append(axe(driver))
                elif verb == "tab":
                    told.append(tab(driver))
        finally:
            driver.quit()
    json.dump(told, sys.stdout)


main()
