// A paper is handed to the phone's own way to send it, where there is one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { JSDOM } from "jsdom";

const script = readFileSync(new URL("../js/stayput.js", import.meta.url), "utf8");

async function open({ can = true, ok = true, share = async () => {} } = {}) {
  const dom = new JSDOM(`<!doctype html><html lang="en"><body><button type="button" data-share="/papers/1/as/pdf" data-share-name="letter.pdf" hidden>Send</button></body></html>`,
    { url: "https://stayput.example/", runScripts: "outside-only", pretendToBeVisual: true });
  const w = dom.window;
  const got = { asked: [], shared: [] };
  w.fetch = async (path) => { got.asked.push(path); return { ok, blob: async () => new w.Blob(["%PDF"]) }; };
  if (can !== null) {
    w.navigator.canShare = ({ files }) => can && files.length === 1;
    w.navigator.share = async (x) => { got.shared.push(x); return share(x); };
  }
  w.eval(script);
  const button = w.document.querySelector("button");
  const settle = async () => { for (let i = 0; i < 20; i++) await new Promise((r) => setTimeout(r, 1)); };
  await settle();
  return { button, got, press: async () => { button.click(); await settle(); } };
}

test("a phone that can share a file gets the very file, once", async () => {
  const { button, got, press } = await open();
  assert.equal(button.hidden, false);
  await press();
  await press();
  assert.deepEqual(got.asked, ["/papers/1/as/pdf"]);
  assert.equal(got.shared.length, 2);
  assert.equal(got.shared[0].files[0].name, "letter.pdf");
  assert.equal(got.shared[0].files[0].type, "application/pdf");
});

test("closing the sheet without sending is no fault", async () => {
  const { button, press } = await open({ share: async () => { throw new Error("AbortError"); } });
  await press();
  assert.equal(button.hidden, false);
});

test("where files cannot be shared, or the file does not come, no button shows", async () => {
  for (const how of [{ can: false }, { can: null }, { ok: false }]) assert.equal((await open(how)).button.hidden, true);
});
