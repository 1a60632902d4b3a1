// Builds present/web/static from the sources in this folder. The same sources
// and the same package-lock.json give the same bytes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compile } from "sass";
import { transform } from "lightningcss";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "../present/web/static");
const uswds = join(here, "node_modules/@uswds/uswds");
mkdirSync(out, { recursive: true });

function write(name, bytes) {
  writeFileSync(join(out, name), bytes);
  const n = name.endsWith(".woff2") ? bytes.length : gzipSync(bytes, { level: 9 }).length;
  console.log(`${name.padEnd(26)} ${String(bytes.length).padStart(7)} bytes ${String(n).padStart(7)} sent`);
}

// Classes of the design system that no page of ours uses.
const unused = new RegExp("^(?:" + [
  "checkbox-tests", "radio-tests", "usa-content", "usa-dark-background", "usa-display", "usa-media-link", "usa-paragraph", "usa-intro",
  "usa-button--(?:accent-.*|base|big|inverse|outline-inverse|hover|active)", "usa-button-group--segmented", "usa-focus",
  "usa-table--(?:stacked.*|sticky.*|compact|borderless|striped)", "usa-table-container.*", "usa-table__header__button", "width-mobile",
  "usa-input--(?:.*[^r]|success)", "usa-input-list", "usa-icon.*", "usa-show-password", "usa-alert--(?:emergency|validation)", "usa-checklist.*", "usa-link.*", "usa-list--unstyled", "usa-step-indicator--center", "usa-step-indicator--no-labels",
  "usa-collection.*", "usa-search.*", "usa-form__note", "usa-hint--required", "usa-label--required", "usa-input-group.*", "usa-button--disabled",
  "usa-checkbox__input--tile-.*", "usa-select--.*",
].join("|") + ")$");
const mentions = (sel) => sel.some((c, i) =>
  (c.type === "class" && c.name === "usa-prose" && sel.slice(i).some((d) => (d.type === "type" && /^(?:table|t[hdr]|t(?:head|body|foot)|h6|caption)$/.test(d.name)) || (d.type === "class" && d.name !== "usa-prose"))) ||
  (c.type === "class" && unused.test(c.name)) ||
  (c.type === "attribute" && (/^(?:data-sort|aria-sort|data-indeterminate|multiple|target)/.test(c.name))) ||
  (c.type === "pseudo-class" && ["is", "where"].includes(c.kind) && c.selectors.every(mentions)));

// Pictures that the stylesheet needs stand in it, so that it asks for nothing more.
function picture(_, name) {
  const svg = readFileSync(join(uswds, "dist/img", name), "utf8").trim().replace(/\s+/g, " ").replace(/"/g, "'");
  return `url("data:image/svg+xml,${svg.replace(/[%#<>{}]/g, encodeURIComponent)}")`;
}

const sass = compile(join(here, "scss/stayput.scss"), {
  loadPaths: [join(here, "scss"), join(uswds, "packages")],
  style: "expanded", quietDeps: true, silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function", "mixed-decls"],
  logger: { warn() {}, debug() {} },
}).css
  .replace(/\/\*[\s\S]*?\*\//g, "")
  .replace(/@font-face\s*{[^}]*\.\/public-sans[^}]*}/g, "")
  .replace(/url\("?IMG\/([^")]+)"?\)/g, picture);

const css = transform({
  filename: "stayput.css", code: Buffer.from(sass), minify: true, unusedSymbols: [],
  targets: { chrome: 90 << 16, safari: 14 << 16, ios_saf: 14 << 16, firefox: 90 << 16 },
  visitor: {
    Rule: {
      style(rule) {
        const keep = rule.value.selectors.filter((s) => !mentions(s));
        if (keep.length === 0) return [];
        if (keep.length < rule.value.selectors.length) return { ...rule, value: { ...rule.value, selectors: keep } };
      },
    },
  },
}).code;
write("stayput.css", css);

// Letters of English and Spanish, their punctuation, and the signs that pages use.
let letters = "";
for (let c = 0x20; c <= 0x7e; c++) letters += String.fromCodePoint(c);
for (let c = 0xa0; c <= 0xff; c++) letters += String.fromCodePoint(c);
letters += "–—‘’‚“”„†‡•…′″‹›€™←↑→↓−≤≥✓ŒœŠšŽž\u2009\u202f\u2011";
for (const weight of ["Regular", "Bold"]) {
  const font = readFileSync(join(uswds, `dist/fonts/public-sans/PublicSans-${weight}.ttf`));
  write(`public-sans-${weight.toLowerCase()}.woff2`, await subsetFont(font, letters, { targetFormat: "woff2" }));
}

// Icons: one sprite, each a symbol.
const icons = JSON.parse(readFileSync(join(here, "icons.json"), "utf8"));
const symbols = Object.keys(icons).sort().map((name) => {
  const from = icons[name];
  const svg = from.startsWith("own/") ? readFileSync(join(here, "icons", from.slice(4) + ".svg"), "utf8")
    : readFileSync(join(uswds, "dist/img/usa-icons", from + ".svg"), "utf8");
  const box = /viewBox="([^"]+)"/.exec(svg)[1];
  const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>[\s\S]*$/, "").replace(/<path[^>]*fill="none"[^>]*d="M0 0h24v24H0[^"]*"[^>]*\/>/g, "").trim();
  return `<symbol id="${name}" viewBox="${box}">${body}</symbol>`;
});
write("icons.svg", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`));

// The script is served as it is written.
write("stayput.js", readFileSync(join(here, "js/stayput.js")));
write("mark.svg", readFileSync(join(here, "icons/mark.svg")));
