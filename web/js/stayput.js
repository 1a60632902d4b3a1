// Comfort for pages that work without it. It says nothing of its own: every word
// shown comes from an attribute that the server wrote. It asks only this server.
"use strict";
(() => {
  const doc = document;
  const root = doc.documentElement;
  const body = doc.body;
  const all = (sel, from = doc) => Array.from(from.querySelectorAll(sel));
  root.classList.add("js");

  // A program on this very machine answers without a network.
  const near = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname);
  const online = () => near || navigator.onLine !== false;

  const clock = (ms) => {
    try {
      return new Intl.DateTimeFormat(root.lang || undefined, { hour: "numeric", minute: "2-digit" }).format(new Date(ms));
    } catch {
      return new Date(ms).toTimeString().slice(0, 5);
    }
  };

  // Drafts

  // Under the name of who is in, so that the next person in this browser does not
  // find what somebody else was typing.
  const places = "stayput.draft.";
  const place = body.dataset.drafts ? `${places}${body.dataset.drafts}.` : places;
  const shelf = {
    get(key) {
      try { return JSON.parse(localStorage.getItem(place + key)); } catch { return null; }
    },
    put(key, draft) {
      try { localStorage.setItem(place + key, JSON.stringify(draft)); return true; } catch { return false; }
    },
    drop(key) {
      try { localStorage.removeItem(place + key); } catch { /* nothing is kept then */ }
    },
    clear() {
      try {
        for (const k of Object.keys(localStorage)) if (k.startsWith(places)) localStorage.removeItem(k);
      } catch { /* nothing is kept then */ }
    },
  };

  const never = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);
  const kept = (form) => Array.from(form.elements).filter((e) =>
    e.name && /^(INPUT|TEXTAREA|SELECT)$/.test(e.tagName) && !never.has(e.type) && !e.hasAttribute("data-draft-skip"));
  const typed = (e) => e.type !== "radio" && e.type !== "checkbox" && e.tagName !== "SELECT";

  // What a form holds: one string a name; boxes ticked under one name are lines.
  function holds(form) {
    const out = {};
    for (const e of kept(form)) {
      if (e.type === "radio" || e.type === "checkbox") {
        if (!(e.name in out)) out[e.name] = "";
        if (e.checked) out[e.name] += (out[e.name] && "\n") + e.value;
      } else {
        out[e.name] = e.value;
      }
    }
    return out;
  }

  function fill(form, fields) {
    for (const e of kept(form)) {
      const v = fields[e.name];
      if (typeof v !== "string") continue;
      if (e.type === "radio" || e.type === "checkbox") e.checked = v.split("\n").includes(e.value);
      else e.value = v;
    }
  }

  const same = (a, b) => {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return Array.from(names).every((n) => (a[n] ?? "") === (b[n] ?? ""));
  };

  // How much is written in the fields that one types into.
  const amount = (form, fields) => {
    const names = new Set(kept(form).filter(typed).map((e) => e.name));
    return Array.from(names).reduce((n, name) => n + (fields[name] ?? "").trim().length, 0);
  };

  function draft(form) {
    const key = form.dataset.draft;
    const url = form.dataset.draftUrl;
    const words = form.querySelector("[data-draft-words]")?.dataset ?? {};
    const word = (name) => form.dataset[name] ?? words[name] ?? "";
    const line = form.querySelector("[data-draft-status]");
    const says = line?.querySelector("[role=status]") ?? line;
    const discard = form.querySelector("[data-draft-discard]");
    const swap = form.querySelector("[data-draft-swap]");
    const first = holds(form);
    let version = Number(form.dataset.draftVersion) || 0;
    let wait = 0, send = 0, again = 0, pause = 5000;
    let sending = null, left = false, unsaved = false, stuck = false;
    let other = null; // the words of the other window

    function say(name, at, warn) {
      if (!says) return;
      const text = word(name).replace("{time}", at ? clock(at) : "");
      if (says.textContent !== text) says.textContent = text;
      line.classList.toggle("is-warning", !!warn);
    }
    const show = (button, on) => { if (button) button.hidden = !on; };

    function keep() {
      clearTimeout(wait);
      wait = 0;
      if (!unsaved || left) return;
      unsaved = false;
      const at = Date.now();
      const ok = shelf.put(key, { fields: holds(form), at, version, dirty: true });
      if (stuck) return;
      if (!url) { if (ok) say("saved", at); }
      else if (!online() && ok) say("savedHere", at);
    }

    async function put(last) {
      clearTimeout(send);
      send = 0;
      if (!url || left || stuck || !online()) return;
      const mine = shelf.get(key) ?? { fields: holds(form), at: Date.now() };
      if (mine.dirty === false) return;
      if (sending && !last) { later(); return; }
      const now = sending = new AbortController();
      const fields = mine.fields;
      const text = JSON.stringify({ fields, version });
      try {
        const answer = await fetch(url, {
          method: "PUT", body: text, headers: { "Content-Type": "application/json" }, credentials: "same-origin",
          signal: now.signal, keepalive: !!last && text.length < 60000,
        });
        if (left) return;
        if (answer.status === 409) { conflict(await answer.json().catch(() => null)); return; }
        if (!answer.ok) { say("savedHere", mine.at); return; }
        const got = await answer.json().catch(() => null);
        if (left) return;
        version = Number(got?.version) || version + 1;
        pause = 5000;
        const at = Date.now();
        const held = shelf.get(key);
        const behind = held && !same(held.fields, fields);
        if (held) shelf.put(key, { ...held, version, dirty: !!behind });
        say("saved", at);
        if (behind) later();
      } catch (err) {
        if (left || err?.name === "AbortError") return;
        say("savedHere", mine.at);
        clearTimeout(again);
        again = setTimeout(put, pause);
        pause = Math.min(pause * 2, 120000);
      } finally {
        if (sending === now) sending = null;
      }
    }
    function later() {
      clearTimeout(send);
      send = setTimeout(put, 1500);
    }

    // Another window changed the same draft. Both are kept: these words here, the
    // others behind a button. Nothing more is sent until one of them is chosen.
    function conflict(theirs) {
      const held = shelf.get(key) ?? { fields: holds(form), at: Date.now() };
      const newest = Number(theirs?.version) || 0;
      if (!theirs?.fields || same({ ...theirs.fields, ...held.fields }, theirs.fields)) {
        // Nothing there is lost by going on: there is no other draft, or it says the same.
        if (newest === version) return;
        version = newest;
        later();
        return;
      }
      stuck = true;
      other = { fields: theirs.fields, version: newest };
      show(swap, true);
      shelf.put(key, { ...held, dirty: true });
      say("conflict", 0, true);
    }

    function typedIn() {
      left = false;
      unsaved = true;
      clearTimeout(wait);
      wait = setTimeout(keep, 300);
      later();
    }

    function load() {
      const was = shelf.get(key);
      if (!was?.fields || same({ ...first, ...was.fields }, first)) {
        if (was && !was.dirty) shelf.drop(key);
        return;
      }
      const less = amount(form, first) < amount(form, was.fields);
      if (less || (was.dirty && was.version === version)) {
        if (was.version !== version && amount(form, first) > 0) {
          other = { fields: first, version };
          show(swap, true);
        }
        version = Math.max(version, was.version || 0);
        fill(form, was.fields);
        shelf.put(key, { ...was, version, dirty: true });
        say("restored", was.at);
        show(discard, true);
        later();
      } else if (was.dirty) {
        other = { fields: was.fields, version };
        show(swap, true);
        say("conflict", 0, true);
      }
    }

    form.addEventListener("input", typedIn);
    form.addEventListener("change", typedIn);
    discard?.addEventListener("click", () => {
      clearTimeout(wait);
      clearTimeout(send);
      unsaved = false;
      fill(form, first);
      shelf.drop(key);
      show(discard, false);
      say("discarded");
      other = null;
      show(swap, false);
      stuck = false;
      sending?.abort();
      version = 0;
      if (url && online()) fetch(url, { method: "DELETE", credentials: "same-origin" }).catch(() => {});
      kept(form)[0]?.focus();
    });
    swap?.addEventListener("click", () => {
      if (!other) return;
      const mine = holds(form);
      fill(form, other.fields);
      version = other.version;
      other = { fields: mine, version };
      stuck = false;
      unsaved = true;
      keep();
      later();
    });
    form.addEventListener("submit", (e) => {
      if (e.defaultPrevented) return;
      if (!online()) {
        e.preventDefault();
        unsaved = true;
        keep();
        say("offline", 0, true);
        return;
      }
      unsaved = true;
      keep();
      left = true;
      clearTimeout(send);
      clearTimeout(again);
      sending?.abort();
    });
    const flush = () => {
      const had = unsaved || send;
      keep();
      if (had) put(true);
    };
    addEventListener("pagehide", flush);
    doc.addEventListener("visibilitychange", () => { if (doc.visibilityState === "hidden") flush(); });
    addEventListener("online", () => { if (shelf.get(key)?.dirty) put(); });
    addEventListener("pageshow", (e) => { if (e.persisted) left = false; });
    load();
  }

  // The page after a form that was sent names the draft that is done.
  for (const m of all("meta[name=draft-done]")) m.content.split(/\s+/).forEach((k) => k && shelf.drop(k));
  all("form[data-draft-clear]").forEach((f) => f.addEventListener("submit", () => shelf.clear()));

  // Questions before a step that is hard to take back

  let agreed = null;
  function ask(question, yes, then) {
    const d = doc.createElement("dialog");
    if (!d.showModal) { if (confirm(question)) then(); return; }
    d.className = "sp-dialog";
    const p = doc.createElement("p");
    p.id = "ask-text";
    p.textContent = question;
    const row = doc.createElement("div");
    row.className = "sp-actions";
    const button = (text, look, value) => {
      const b = doc.createElement("button");
      b.type = "button";
      b.className = look;
      b.textContent = text;
      b.addEventListener("click", () => d.close(value));
      row.append(b);
      return b;
    };
    button(yes || body.dataset.yes || "OK", "usa-button", "yes");
    button(body.dataset.cancel || "×", "usa-button usa-button--outline", "no").autofocus = true;
    d.append(p, row);
    d.setAttribute("aria-labelledby", p.id);
    d.addEventListener("close", () => { d.remove(); if (d.returnValue === "yes") then(); });
    body.append(d);
    d.showModal();
  }
  doc.addEventListener("submit", (e) => {
    const by = e.submitter;
    const from = by?.dataset.confirm ? by : e.target;
    if (!from.dataset.confirm || agreed === e.target) { agreed = null; return; }
    e.preventDefault();
    e.stopImmediatePropagation();
    ask(from.dataset.confirm, from.dataset.confirmYes, () => {
      agreed = e.target;
      if (by) e.target.requestSubmit(by); else e.target.requestSubmit();
    });
  }, true);

  all("form[data-draft]").forEach(draft);

  // Passkeys: the server gives a challenge, the browser answers, the server decides

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  function asked(o) {
    o.challenge = bytes(o.challenge);
    if (o.user) o.user.id = bytes(o.user.id);
    for (const list of [o.excludeCredentials, o.allowCredentials]) for (const c of list ?? []) c.id = bytes(c.id);
    return { publicKey: o };
  }
  function answered(c) {
    const r = c.response, out = {};
    for (const k of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) if (r[k]) out[k] = text64(r[k]);
    if (r.getTransports) out.transports = r.getTransports();
    return { id: c.id, rawId: text64(c.rawId), type: c.type, response: out, clientExtensionResults: c.getClientExtensionResults(), authenticatorAttachment: c.authenticatorAttachment ?? undefined };
  }
  for (const form of all("form[data-passkey]")) {
    const words = form.querySelector("[data-passkey-words]").dataset;
    const line = form.querySelector("[data-says]");
    const button = form.querySelector("button[type=submit]");
    const says = (text) => { line.textContent = text; line.hidden = !text; };
    const send = async (url, more) => {
      const said = Object.fromEntries(new FormData(form));
      const answer = await fetch(url, {
        method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ login: said["login-key"], name: said.name, next: said.next, ...more }),
      });
      const told = await answer.json();
      if (told.to) location.assign(told.to);
      else if (!answer.ok) says(told.says || words.failed);
      return !told.to && answer.ok ? told : null;
    };
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      says("");
      if (!window.PublicKeyCredential) { says(words.none); return; }
      button.disabled = true;
      try {
        const told = await send(form.dataset.begin);
        if (!told) return;
        const c = await navigator.credentials[form.dataset.passkey](asked(told.options));
        await send(form.dataset.finish, { ceremony: told.ceremony, answer: answered(c) });
      } catch (x) {
        says(x.name === "NotAllowedError" ? words.cancelled : x.name === "InvalidStateError" ? words.known : words.failed);
      } finally {
        button.disabled = false;
      }
    });
  }

  // A form is sent once.
  doc.addEventListener("submit", (e) => {
    const f = e.target;
    if (e.defaultPrevented || f.method !== "post") return;
    if (f.dataset.sent) { e.preventDefault(); return; }
    f.dataset.sent = "yes";
    const open = () => { delete f.dataset.sent; buttons.forEach((b) => { b.disabled = false; }); };
    const buttons = Array.from(f.elements).filter((b) => b.type === "submit" && !b.disabled);
    setTimeout(() => buttons.forEach((b) => { b.disabled = true; }));
    addEventListener("pageshow", open, { once: true });
    setTimeout(open, 8000); // the answer was a download, or never came
  });

  // No network

  const banner = doc.getElementById("offline");
  function network() {
    if (!banner) return;
    banner.textContent = online() ? "" : banner.dataset.offline;
    banner.hidden = online();
  }
  addEventListener("online", network);
  addEventListener("offline", network);
  network();

  // Clicks

  let teller = null;
  function tell(text) {
    if (!teller) {
      teller = doc.createElement("p");
      teller.className = "sp-vh";
      teller.setAttribute("role", "status");
      body.append(teller);
    }
    teller.textContent = text;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const t = doc.createElement("textarea");
      t.value = text;
      t.className = "sp-vh";
      body.append(t);
      t.select();
      const ok = doc.execCommand?.("copy");
      t.remove();
      return !!ok;
    }
  }

  // A paper is handed to the phone's own way to send it. It is got when the page opens,
  // because a phone asks for the file at once when the button is pressed.
  const files = new Map();
  async function fileOf(at) {
    if (files.has(at)) return files.get(at);
    try {
      const got = await fetch(at.dataset.share, { credentials: "same-origin" });
      if (!got.ok) return null;
      const file = new File([await got.blob()], at.dataset.shareName, { type: "application/pdf" });
      files.set(at, file);
      return file;
    } catch {
      return null;
    }
  }
  for (const at of doc.querySelectorAll("[data-share]")) {
    if (!navigator.share || !navigator.canShare) continue;
    fileOf(at).then((file) => { if (file && navigator.canShare({ files: [file] })) at.hidden = false; });
  }

  let awake = null;
  async function large(card) {
    if (card.classList.contains("is-full") || doc.fullscreenElement === card) {
      card.classList.remove("is-full");
      if (doc.fullscreenElement) doc.exitFullscreen();
      rest();
      return;
    }
    try { await card.requestFullscreen(); } catch { card.classList.add("is-full"); }
    try { awake = await navigator.wakeLock.request("screen"); } catch { awake = null; }
  }
  function rest() {
    awake?.release().catch(() => {});
    awake = null;
  }
  doc.addEventListener("fullscreenchange", () => { if (!doc.fullscreenElement) rest(); });

  const more = doc.getElementById("more");
  const opener = doc.querySelector('a[href="#more"]');
  function unfold(on, back) {
    more.classList.toggle("is-open", on);
    opener.setAttribute("aria-expanded", String(on));
    if (on) more.querySelector("a")?.focus();
    else if (back) opener.focus();
  }
  if (more && opener) opener.setAttribute("aria-expanded", "false");

  doc.addEventListener("click", async (e) => {
    const at = e.target.closest?.("a, button");
    if (more && opener && at !== opener && (!more.contains(e.target) || at?.closest(".sp-nav__close"))) {
      if (more.classList.contains("is-open")) {
        if (at?.closest(".sp-nav__close")) { e.preventDefault(); unfold(false, true); } else unfold(false);
      }
    }
    if (!at) return;
    if (at === opener && more) {
      e.preventDefault();
      unfold(!more.classList.contains("is-open"), true);
    } else if ("print" in at.dataset) {
      print();
    } else if ("fullscreen" in at.dataset) {
      const card = doc.getElementById(at.dataset.fullscreen);
      if (card) large(card);
    } else if ("share" in at.dataset) {
      const file = await fileOf(at);
      if (file) await navigator.share({ files: [file], title: at.dataset.shareName }).catch(() => {}); // closed without sending
    } else if ("copy" in at.dataset || "copyText" in at.dataset) {
      const from = at.dataset.copy ? doc.querySelector(at.dataset.copy) : null;
      const text = at.dataset.copyText ?? from?.value ?? from?.innerText ?? "";
      if (await copy(text.trim()) && at.dataset.copied) {
        const label = at.querySelector("span") ?? (at.childElementCount ? null : at);
        tell(at.dataset.copied);
        if (label && !at.dataset.was) {
          at.dataset.was = label.textContent;
          label.textContent = at.dataset.copied;
          setTimeout(() => { label.textContent = at.dataset.was; delete at.dataset.was; }, 2500);
        }
      }
    } else if (at.tagName === "A" && at.dataset.confirm) {
      e.preventDefault();
      ask(at.dataset.confirm, at.dataset.confirmYes, () => { location.href = at.href; });
    }
  });

  // Lists that shorten as one types

  const plain = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  for (const box of all("[data-filter]")) {
    const list = doc.querySelector(box.dataset.filter);
    if (!list) continue;
    const told = doc.createElement("p");
    told.className = "sp-soft";
    told.setAttribute("role", "status");
    (list.closest("table") ?? list).after(told);
    box.addEventListener("input", () => {
      const want = plain(box.value).split(/\s+/).filter(Boolean);
      let n = 0;
      for (const row of list.children) {
        const text = plain(row.textContent);
        row.hidden = !want.every((w) => text.includes(w));
        if (!row.hidden) n++;
      }
      told.textContent = n === 0 ? box.dataset.none ?? "" : want.length ? (box.dataset.count ?? "").replace("{n}", n) : "";
    });
  }

  // Pictures that were chosen

  for (const input of all("input[type=file][data-preview]")) {
    const list = doc.getElementById(input.dataset.preview);
    if (!list) continue;
    input.addEventListener("change", () => {
      list.replaceChildren(...Array.from(input.files, (file) => {
        const li = doc.createElement("li");
        if (!/^image\/(jpeg|png|gif|webp|avif)$/.test(file.type)) { li.textContent = file.name; return li; }
        const img = doc.createElement("img");
        img.alt = file.name;
        img.src = URL.createObjectURL(file);
        img.addEventListener("load", () => URL.revokeObjectURL(img.src));
        li.append(img);
        return li;
      }));
      list.hidden = input.files.length === 0;
    });
  }

  // Keys

  let g = 0;
  doc.addEventListener("keydown", (e) => {
    if (e.key === "Escape") {
      if (more?.classList.contains("is-open")) unfold(false, true);
      all(".sp-show.is-full").forEach((c) => { c.classList.remove("is-full"); rest(); });
      return;
    }
    if (body.dataset.shortcuts === "off" || e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || e.isComposing) return;
    if (e.target.closest?.("input, textarea, select, [contenteditable], dialog") || doc.querySelector("dialog[open]")) return;
    const go = (to) => { if (to) { e.preventDefault(); location.assign(to); } };
    const after = g && Date.now() - g < 1500;
    g = 0;
    if (after && e.key === "c") go(body.dataset.cases);
    else if (e.key === "g") g = Date.now();
    else if (e.key === "n") go(body.dataset.new);
    else if (e.key === "t") go(body.dataset.home);
    else if (e.key === "/") {
      const box = all("[data-search]").find((b) => b.offsetParent !== null) ?? doc.querySelector("[data-search]");
      if (box) { e.preventDefault(); box.focus(); box.select?.(); }
    } else if (e.key === "?") {
      const keys = doc.getElementById("keys");
      if (keys?.showModal) { e.preventDefault(); keys.showModal(); }
    }
  });

  // On arrival

  doc.querySelector("[data-focus]")?.focus();
  const tab = doc.querySelector(".sp-tabs [aria-current]");
  if (tab) tab.closest("ul").scrollLeft = tab.offsetLeft - 56;
  const unroll = () => {
    let el = null;
    try { el = location.hash && doc.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    for (let d = el && el.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  };
  addEventListener("hashchange", unroll);
  unroll();

  // On paper everything is unfolded.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("main details:not([open])");
    opened.forEach((d) => { d.open = true; });
  });
  addEventListener("afterprint", () => { opened.forEach((d) => { d.open = false; }); });
})();
