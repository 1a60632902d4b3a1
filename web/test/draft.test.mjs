// What is typed is not lost: the script in a small browser, with a server that
// we play ourselves.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { JSDOM } from "jsdom";

const script = readFileSync(new URL("../js/stayput.js", import.meta.url), "utf8");

const form = (words = "", attributes = "") => `<form method="post" action="/save" data-draft="k" data-draft-url="/drafts/k" data-draft-version="3" ${attributes}
  data-saved="Saved {time}" data-saved-here="Here {time}" data-restored="Back" data-conflict="Conflict" data-offline="Offline" data-discarded="Gone">
  <input name="who"><textarea name="words">${words}</textarea><input type="password" name="secret"><input type="file" name="paper">
  <input type="hidden" name="case" value="maya"><input type="radio" name="kind" value="call" checked><input type="radio" name="kind" value="letter">
  <input type="checkbox" name="see" value="a"><input type="checkbox" name="see" value="b">
  <p data-draft-status><span role="status"></span><button type="button" data-draft-discard hidden>x</button><button type="button" data-draft-swap hidden>y</button></p>
  <button type="submit">Save</button></form>`;

// open shows a page; shelf is what the browser kept from before; answer is the server.
function open({ html = form(), head = "", shelf = {}, answer = () => ({ status: 200, body: { version: 4 } }), onLine = true, host = "https://stayput.example" } = {}) {
  const dom = new JSDOM(`<!doctype html><html lang="en"><head>${head}</head><body>${html}</body></html>`, { url: host + "/new", runScripts: "outside-only", pretendToBeVisual: true });
  const w = dom.window;
  for (const [k, v] of Object.entries(shelf)) w.localStorage.setItem("stayput.draft." + k, JSON.stringify(v));
  let at = 0;
  let timers = [];
  w.setTimeout = (f, ms = 0) => { const id = timers.length + 1; timers.push({ id, at: at + ms, f }); return id; };
  w.clearTimeout = (id) => { timers.forEach((t) => { if (t.id === id) t.f = null; }); };
  const page = {
    w, doc: w.document, sent: [], answer, onLine,
    el: (sel) => w.document.querySelector(sel),
    type(name, text) {
      const e = w.document.querySelector(`[name=${name}]`);
      e.value = text;
      e.dispatchEvent(new w.Event("input", { bubbles: true }));
    },
    async pass(ms) {
      const until = at + ms;
      for (;;) {
        const next = timers.filter((t) => t.f && t.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        at = next.at;
        const f = next.f;
        next.f = null;
        f();
        await new Promise((r) => setImmediate(r));
      }
      at = until;
      await new Promise((r) => setImmediate(r));
    },
    shelf: () => JSON.parse(w.localStorage.getItem("stayput.draft.k")),
    says: () => w.document.querySelector("[role=status]").textContent,
    submit() {
      const e = new w.Event("submit", { bubbles: true, cancelable: true });
      w.document.querySelector("form").dispatchEvent(e);
      return !e.defaultPrevented;
    },
  };
  Object.defineProperty(w.navigator, "onLine", { get: () => page.onLine });
  w.fetch = async (url, how) => {
    page.sent.push({ url, method: how.method, ...JSON.parse(how.body ?? "{}") });
    const a = await page.answer();
    if (a === null) throw new w.TypeError("no network");
    return { ok: a.status < 300, status: a.status, json: async () => a.body };
  };
  w.eval(script);
  return page;
}

test("words are kept after 300 ms and sent after 1.5 s", async () => {
  const p = open();
  p.type("words", "She called at nine.");
  assert.equal(p.shelf(), null);
  await p.pass(300);
  assert.equal(p.shelf().fields.words, "She called at nine.");
  assert.equal(p.shelf().dirty, true);
  assert.equal(p.sent.length, 0);
  await p.pass(1200);
  assert.equal(p.sent.length, 1);
  assert.equal(p.sent[0].url, "/drafts/k");
  assert.equal(p.sent[0].version, 3);
  assert.equal(p.shelf().dirty, false);
  assert.equal(p.shelf().version, 4);
  assert.match(p.says(), /^Saved \d/);
});

test("secrets, files and hidden fields are never kept; choices are", async () => {
  const p = open();
  p.el("[name=secret]").value = "hush";
  p.doc.querySelectorAll("[name=see]").forEach((e) => { e.checked = true; });
  p.type("words", "x");
  await p.pass(300);
  assert.deepEqual(p.shelf().fields, { who: "", words: "x", kind: "call", see: "a\nb" });
});

test("typing goes on while a draft is on its way: the rest follows", async () => {
  const p = open();
  let go;
  p.answer = () => new Promise((r) => { go = () => r({ status: 200, body: { version: 4 } }); });
  p.type("words", "one");
  await p.pass(1500);
  p.type("words", "one two");
  await p.pass(400);
  go();
  await p.pass(0);
  assert.equal(p.shelf().dirty, true);
  await p.pass(1500);
  assert.equal(p.sent.at(-1).fields.words, "one two");
  assert.equal(p.sent.at(-1).version, 4);
});

test("an empty form takes back what was written, and can throw it away", async () => {
  const p = open({ shelf: { k: { fields: { words: "long ago", kind: "letter", see: "b" }, at: 5, version: 3, dirty: true } } });
  assert.equal(p.el("[name=words]").value, "long ago");
  assert.equal(p.el("[value=letter]").checked, true);
  assert.equal(p.el("[value=a]").checked, false);
  assert.equal(p.el("[value=b]").checked, true);
  assert.equal(p.says(), "Back");
  const discard = p.el("[data-draft-discard]");
  assert.equal(discard.hidden, false);
  discard.click();
  assert.equal(p.el("[name=words]").value, "");
  assert.equal(p.shelf(), null);
  assert.equal(p.says(), "Gone");
  assert.equal(p.sent.at(-1).method, "DELETE");
});

test("a form that holds more is not overwritten; the other words stay within reach", async () => {
  const p = open({ html: form("a much longer text from the server"), shelf: { k: { fields: { words: "short" }, at: 5, version: 1, dirty: true } } });
  assert.equal(p.el("[name=words]").value, "a much longer text from the server");
  assert.equal(p.says(), "Conflict");
  p.el("[data-draft-swap]").click();
  assert.equal(p.el("[name=words]").value, "short");
  p.el("[data-draft-swap]").click();
  assert.equal(p.el("[name=words]").value, "a much longer text from the server");
});

test("another window changed the draft: both are kept and nothing more is sent", async () => {
  const p = open({ answer: () => ({ status: 409, body: { version: 9, fields: { words: "theirs" } } }) });
  p.type("words", "mine");
  await p.pass(1500);
  assert.equal(p.says(), "Conflict");
  assert.equal(p.el("[name=words]").value, "mine");
  p.type("words", "mine too");
  await p.pass(5000);
  assert.equal(p.sent.length, 1);
  assert.equal(p.shelf().fields.words, "mine too");
  p.answer = () => ({ status: 200, body: { version: 10 } });
  p.el("[data-draft-swap]").click();
  assert.equal(p.el("[name=words]").value, "theirs");
  await p.pass(1500);
  assert.equal(p.sent.at(-1).version, 9);
  assert.equal(p.sent.at(-1).fields.words, "theirs");
});

test("a draft that is gone, or says the same, stands in nobody's way", async () => {
  for (const body of [{ version: 0 }, { version: 9, fields: { who: "", words: "mine", kind: "call", see: "" } }]) {
    const p = open({ answer: () => ({ status: 409, body }) });
    p.type("words", "mine");
    await p.pass(1500);
    p.answer = () => ({ status: 200, body: { version: 10 } });
    await p.pass(1500);
    assert.equal(p.sent.at(-1).version, body.version);
    assert.equal(p.shelf().dirty, false);
    assert.match(p.says(), /^Saved/);
  }
});

test("a lost network keeps the words and sends them when it is back", async () => {
  const p = open({ answer: () => null });
  p.type("words", "in the tunnel");
  await p.pass(1500);
  assert.match(p.says(), /^Here/);
  assert.equal(p.shelf().dirty, true);
  p.answer = () => ({ status: 200, body: { version: 4 } });
  p.w.dispatchEvent(new p.w.Event("online"));
  await p.pass(0);
  assert.equal(p.shelf().dirty, false);
  assert.equal(p.sent.length, 2);
});

test("a form is not sent without a network, but it is on the machine itself", async () => {
  const away = open({ onLine: false });
  away.type("words", "keep me");
  assert.equal(away.submit(), false);
  assert.equal(away.says(), "Offline");
  assert.equal(away.shelf().fields.words, "keep me");
  const home = open({ onLine: false, host: "http://localhost:8080" });
  home.type("words", "keep me");
  assert.equal(home.submit(), true);
});

test("a form that was sent leaves no late draft behind, and is sent once", async () => {
  const p = open();
  p.type("words", "done");
  assert.equal(p.submit(), true);
  assert.equal(p.submit(), false);
  assert.equal(p.shelf().fields.words, "done"); // until the next page says it arrived
  await p.pass(5000);
  assert.equal(p.sent.length, 0);
  assert.equal(p.el("[type=submit]").disabled, true);
  await p.pass(5000);
  assert.equal(p.el("[type=submit]").disabled, false);
});

test("the page after it names the draft that is done", () => {
  const p = open({ html: "", head: '<meta name="draft-done" content="k">', shelf: { k: { fields: { words: "x" } } } });
  assert.equal(p.shelf(), null);
});

test("leaving the page keeps and sends at once", async () => {
  const p = open();
  p.type("words", "half a sen");
  p.w.dispatchEvent(new p.w.Event("pagehide"));
  assert.equal(p.shelf().fields.words, "half a sen");
  await p.pass(0);
  assert.equal(p.sent.length, 1);
});

test("a shelf that is full or forbidden does no harm", async () => {
  const p = open();
  p.w.Storage.prototype.setItem = () => { throw new Error("full"); };
  p.type("words", "still sent");
  await p.pass(1500);
  assert.equal(p.sent.at(-1).fields.words, "still sent");
  assert.match(p.says(), /^Saved/);
});

test("single keys work outside fields only, and can be switched off", () => {
  const html = '<input id="q" data-search><ul id="l"><li>Phone</li><li>Reunión</li></ul><input data-filter="#l" data-none="None">';
  const key = (p, k, at = p.doc.body) => at.dispatchEvent(new p.w.KeyboardEvent("keydown", { key: k, bubbles: true, cancelable: true }));
  const p = open({ html });
  assert.equal(key(p, "/", p.el("#q")), true);
  assert.notEqual(p.doc.activeElement, p.el("#q"));
  assert.equal(key(p, "/"), false);
  assert.equal(p.doc.activeElement, p.el("#q"));
  const off = open({ html });
  off.doc.body.dataset.shortcuts = "off";
  assert.equal(key(off, "/"), true);
});

test("a list shortens as one types, accents or not", () => {
  const p = open({ html: '<input data-filter="#l" data-none="None"><ul id="l"><li>Phone</li><li>Reunión</li></ul>' });
  const box = p.el("input");
  box.value = "reunion";
  box.dispatchEvent(new p.w.Event("input"));
  assert.deepEqual(Array.from(p.doc.querySelectorAll("li"), (li) => li.hidden), [true, false]);
  box.value = "zzz";
  box.dispatchEvent(new p.w.Event("input"));
  assert.equal(p.el("[role=status]").textContent, "None");
});
