// Asks Lighthouse about each page. See ./run.
import lighthouse from "lighthouse";
import { launch } from "chrome-launcher";

const link = new URL(process.argv[2]);
const base = link.origin;
const entered = await fetch(link, { redirect: "manual" });
const cookie = entered.headers.getSetCookie()[0].split(";")[0];
const headers = { Cookie: cookie, Origin: base };
const post = (path, body) => fetch(base + path, { method: "POST", redirect: "manual", headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" }, body });
const opened = await post("/cases/sample", "name=aaaaaaaaaaaaaaaa&side=family");
const home = new URL(opened.headers.get("location"), base).pathname;
const pages = ["/", "/start", "/cases", home, home + "/record", home + "/add?capture=call&choice=reached", home + "/clocks", home + "/rights",
  home + "/law", home + "/export", home + "/cards/evaluation", "/calendars", "/law/rules", "/law/glossary", "/help/rights", "/settings", "/import"];

const chrome = await launch({ chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"] });
let least = 100;
for (const lang of ["en", "es"]) {
  await post("/language", "lang=" + lang + "&back=/");
  for (const formFactor of ["mobile", "desktop"]) {
    for (const path of pages) {
      const screen = formFactor === "mobile" ? { mobile: true, width: 390, height: 844, deviceScaleFactor: 2, disabled: false } : { mobile: false, width: 1280, height: 900, deviceScaleFactor: 1, disabled: false };
      const r = await lighthouse(base + path, { port: chrome.port, output: "json", logLevel: "error", onlyCategories: ["accessibility", "best-practices"], extraHeaders: { Cookie: cookie }, formFactor, screenEmulation: screen, throttlingMethod: "provided", disableStorageReset: true });
      const [a, b] = ["accessibility", "best-practices"].map(k => Math.round(r.lhr.categories[k].score * 100));
      least = Math.min(least, a, b);
      console.log(`${lang} ${formFactor.padEnd(7)} accessibility ${a} best practices ${b}  ${path.replace(home, "/cases/…")}`);
      for (const x of Object.values(r.lhr.audits)) {
        if (x.score !== null && x.score < 1 && x.scoreDisplayMode === "binary") console.log("   " + x.id + ": " + x.title);
      }
    }
  }
}
chrome.kill();
console.log(`lowest ${least}; budget 100`);
process.exit(least < 100 ? 1 : 0);
