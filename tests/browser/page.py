#!/usr/bin/python3
"""Pages of `report` in headless Chromium: 390 and 1280 pixels wide, light and dark. Prints TAP.

No request leaves, the console is silent, nothing overflows, every picture has a text, axe-core finds nothing, and the
switch of the top topics works by keyboard. Arguments: the program, axe.min.js (or nothing). With TT_SHOTS=FOLDER the
pictures of what was seen are kept there."""
import base64, glob, json, os, subprocess, sys, tempfile
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

program, axe = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
tests = 0
failed = 0


def ok(good, name, why=""):
    global tests, failed
    tests += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {tests} - {name}")
    if not good and why:
        for line in str(why).splitlines():
            print("#   " + line)
    sys.stdout.flush()


def browser():
    o = webdriver.ChromeOptions()
    for a in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
              "--disable-background-networking", "--force-color-profile=srgb"):
        o.add_argument(a)
    o.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser"):
        if os.path.exists(path):
            o.binary_location = path
            break
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=o)


# What sticks out to the right of the page and is not inside a box that scrolls by itself.
OVERFLOW = """
const w = document.documentElement.clientWidth, out = [];
if (document.documentElement.scrollWidth > w) out.push('the page is ' + document.documentElement.scrollWidth + ' wide');
for (const e of document.querySelectorAll('main *')) {
    if (e.closest('.table') || e.closest('svg') && e.tagName != 'svg') continue;
    const r = e.getBoundingClientRect();
    if (r.width && (r.right > w + 0.5 || r.left < -0.5)) out.push(e.tagName + '#' + e.id + ' to ' + r.right);
}
return out"""
PICTURES = """
return [...document.querySelectorAll('svg, img')].filter(e => e.tagName == 'IMG' ? !e.alt :
    e.getAttribute('role') != 'img' || (e.getAttribute('aria-label') || '').length < 20).map(e => e.outerHTML.slice(0, 80))"""
SMALL = """
return [...document.querySelectorAll('.chart svg')].filter(e => e.getBoundingClientRect().width).map(e => [e.closest('figure').id,
    Math.min(...[...e.querySelectorAll('text')].map(t => parseFloat(getComputedStyle(t).fontSize) || 99)) *
    e.getBoundingClientRect().width / e.viewBox.baseVal.width]).filter(v => v[1] < 8.5)"""


def look(d, path, width, scheme, name):
    d.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                      {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600})
    d.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    d.get_log("performance"), d.get_log("browser")
    d.get("file://" + path)
    url = d.current_url
    asked = [m["params"]["request"]["url"] for m in (json.loads(e["message"])["message"] for e in d.get_log("performance"))
             if m["method"] == "Network.requestWillBeSent"]
    asked = [u for u in asked if u != url and not u.startswith("data:")]
    ok(not asked, f"{name}: no request leaves", "\n".join(asked))
    said = [e["message"] for e in d.get_log("browser")]
    ok(not said, f"{name}: nothing on the console", "\n".join(said))
    # disclosures open, or half of the page is not seen
    d.execute_script("for (const e of document.querySelectorAll('details')) e.open = true")
    wide = d.execute_script(OVERFLOW)
    ok(not wide, f"{name}: nothing overflows", "\n".join(wide[:9]))
    bare = d.execute_script(PICTURES)
    ok(not bare, f"{name}: every picture has a text", "\n".join(bare))
    small = d.execute_script(SMALL)
    ok(not small, f"{name}: charts can be read without scrolling", small)
    if axe:
        d.execute_script(open(axe, encoding="utf-8").read())
        found = d.execute_async_script("const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
                                       ".then(r => done(r.violations)).catch(e => done([{id: String(e), nodes: []}]))")
        ok(not found, f"{name}: axe finds nothing", "\n".join(
            v["id"] + ": " + v.get("help", "") + " " + "; ".join(n["html"][:160] for n in v["nodes"][:3]) for v in found))
    if os.environ.get("TT_SHOTS"):
        d.execute_script("for (const e of document.querySelectorAll('details')) e.open = false")
        shot = d.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True, "clip": {
            "x": 0, "y": 0, "width": width, "height": min(16000, d.execute_script("return document.documentElement.scrollHeight")),
            "scale": 1}})
        with open(os.path.join(os.environ["TT_SHOTS"], name.replace(" ", "-").replace("/", "-") + ".png"), "wb") as f:
            f.write(base64.b64decode(shot["data"]))


def switch(d, path, name):
    d.get("file://" + path)
    share, rate = (d.find_elements(By.CSS_SELECTOR, f".by-{k}") for k in ("share", "rate"))
    if not rate:
        return
    ok(share[0].is_displayed() and not rate[0].is_displayed(), f"{name}: the share of issues is seen first")
    d.find_element(By.ID, "by-share").send_keys(Keys.ARROW_RIGHT)
    ok(rate[0].is_displayed() and not share[0].is_displayed(), f"{name}: an arrow key shows the rate")
    d.find_element(By.CSS_SELECTOR, "label[for=by-share]").click()
    ok(share[0].is_displayed() and not rate[0].is_displayed(), f"{name}: a click shows the share again")


def paper(d, path, name):
    d.get("file://" + path)
    pdf = base64.b64decode(d.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})["data"])
    ok(pdf.startswith(b"%PDF-") and len(pdf) > 10000, f"{name}: prints")
    d.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    both = d.execute_script("return [...document.querySelectorAll('.by-share, .by-rate')].every(e => e.offsetHeight > 0)")
    ok(both, f"{name}: both views of the top topics are on paper")
    d.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


corpus = os.environ.get("TAGTREND_CORPUS")
archives = [("sample", "tests/archive", "lexicons", "Model Weather"), ("hostile", None, None, "\"><script>alert(1)</script> " + "W" * 300)]
if corpus:
    archives += [("dynamically-typed", corpus + "/dynamically-typed", "lexicons", "Dynamically Typed"),
                 ("haskell-weekly", corpus + "/haskell-weekly", "tests/haskell.csv", "Haskell Weekly")]
else:
    print("# TAGTREND_CORPUS is not set: the pages of the corpora are not looked at")

HOSTILE = ["\"><script>alert(1)</script>", "`id`", "=cmd()", "](x)", "_a^b", "\u202eabc\u200f", "X" * 300]


def hostile_archive(folder):
    """Twelve issues that name seven topics with hostile labels, in sections and under titles of the same kind."""
    os.makedirs(folder + "/a")
    with open(folder + "/l.csv", "w", encoding="utf-8") as f:
        f.write("topic,term,label\n")
        for i, h in enumerate(HOSTILE):
            f.write(f't{i},word{i},"{h.replace(chr(34), chr(34) * 2)}"\n')
    for n in range(24):
        title = json.dumps(HOSTILE[n % len(HOSTILE)], ensure_ascii=False)
        with open(f"{folder}/a/{n:02}.md", "w", encoding="utf-8") as f:
            f.write(f"---\ntitle: {title}\nnumber: {n}\ndate: {2019 + n // 12}-{n % 12 + 1:02}-03\n---\n\n")
            f.write("## " + HOSTILE[n % 2].replace("<", "\\<") + "\n\nSome words stand here, "
                    + ", ".join(f"word{i}" for i in range(len(HOSTILE)) if n % (i + 1) == 0) + ".\n")
    return folder + "/a", folder + "/l.csv"


with tempfile.TemporaryDirectory() as tmp:
    d = browser()
    try:
        for name, archive, lexicon, title in archives:
            if archive is None:
                archive, lexicon = hostile_archive(tmp + "/h")
            out = f"{tmp}/{name}"
            done = subprocess.run([program, "report", "-q", "-l", lexicon, "--title", title, "-o", out, archive])
            ok(done.returncode in (0, 1), f"{name}: report runs")
            pages = [out + "/index.html"] + sorted(glob.glob(out + "/[0-9]*/index.html"))
            ok(len(pages) > 2, f"{name}: a page for each year")
            for page in pages:
                short = name + " " + os.path.relpath(page, out)
                views = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
                for width, scheme in views:
                    look(d, page, width, scheme, f"{short} {width} {scheme}")
            switch(d, pages[-2], name)
            paper(d, pages[-2], name)
    finally:
        d.quit()
print(f"1..{tests}")
sys.exit(failed != 0)
