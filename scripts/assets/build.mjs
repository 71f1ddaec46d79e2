// Writes webapp/ui/static/icons.svg and webapp/ui/static/vendor/ from the locked npm packages.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = process.argv[2] ?? join(here, "node_modules");
const still = join(here, "..", "..", "webapp", "ui", "static");

// package → files as they are served; licence texts go beside them.
const VENDOR = {
  "htmx.org": { as: "htmx", files: ["dist/htmx.min.js"], licences: ["LICENSE"] },
  signature_pad: { files: ["dist/signature_pad.min.js"], licences: ["LICENSE"] },
  idb: { files: ["build/index.js"], licences: ["LICENSE"] },
  echarts: { files: ["dist/echarts.min.js"], licences: ["LICENSE", "NOTICE"] },
};

const version = (name) => JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")).version;

function copyVendor() {
  rmSync(join(still, "vendor"), { recursive: true, force: true });
  for (const [name, { as = name, files, licences }] of Object.entries(VENDOR)) {
    const target = join(still, "vendor", `${as}@${version(name)}`);
    mkdirSync(target, { recursive: true });
    for (const file of [...files, ...licences]) {
      cpSync(join(packages, name, file), join(target, file.split("/").at(-1)));
    }
    dropSourceMapNote(target, files);
  }
}

// The maps are not shipped, so a browser's tools must not ask for them.
function dropSourceMapNote(target, files) {
  for (const file of files) {
    const path = join(target, file.split("/").at(-1));
    writeFileSync(path, readFileSync(path, "utf8").replace(/\n?\/\/# sourceMappingURL=.*\n?$/u, "\n"));
  }
}

function symbol(name) {
  const source = readFileSync(join(packages, "@tabler/icons/icons/outline", `${name}.svg`), "utf8");
  const shapes = source
    .replace(/^[\s\S]*?<svg[^>]*>/u, "")
    .replace("</svg>", "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/u, "")
    .replace(/\s+\/>/gu, "/>")
    .replace(/>\s+</gu, "><")
    .trim();
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

function writeSprite() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").trim().split("\n");
  const note = `<!-- Tabler Icons ${version("@tabler/icons")}, MIT licence, copyright (c) 2020-2026 Paweł Kuna; see icons.LICENSE -->`;
  const body = names.map(symbol).join("\n");
  writeFileSync(join(still, "icons.svg"), `${note}\n<svg xmlns="http://www.w3.org/2000/svg">\n${body}\n</svg>\n`);
  cpSync(join(packages, "@tabler/icons/LICENSE"), join(still, "icons.LICENSE"));
}

copyVendor();
writeSprite();
