// Writes webapp/ui/static/icons.svg and webapp/ui/static/vendor/ from the locked npm packages.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const packages = process.argv[2] ?? join(here, "node_modules");
const still = join(here, "..", "..", "webapp", "ui", "static");

// The first engine that loads modules whenever they are wanted (end of 2017): WebViews of about that
// age are still on workers' phones.
const TARGET = "chrome63";

// package → files as they are served; licence texts go beside them. What a library writes in a
// newer language than TARGET is written anew; its comments with the licence stay.
const VENDOR = {
  "htmx.org": { as: "htmx", files: ["dist/htmx.min.js"], licences: ["LICENSE"] },
  signature_pad: { files: ["dist/signature_pad.min.js"], licences: ["LICENSE"] },
  idb: { files: ["build/index.js"], licences: ["LICENSE"] },
  echarts: { files: ["dist/echarts.min.js"], licences: ["LICENSE", "NOTICE"] },
};

const version = (name) => JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")).version;

async function copyVendor() {
  rmSync(join(still, "vendor"), { recursive: true, force: true });
  for (const [name, { as = name, files, licences }] of Object.entries(VENDOR)) {
    const target = join(still, "vendor", `${as}@${version(name)}`);
    mkdirSync(target, { recursive: true });
    for (const file of [...files, ...licences]) {
      cpSync(join(packages, name, file), join(target, file.split("/").at(-1)));
    }
    dropSourceMapNote(target, files);
    for (const file of files) await writeOlder(join(target, file.split("/").at(-1)));
  }
}

// Only what needs it is written anew; the others are served byte for byte as their makers wrote them.
async function writeOlder(path) {
  const source = readFileSync(path, "utf8");
  const [older, newest] = await Promise.all(
    [TARGET, "esnext"].map((target) => transform(source, { target, legalComments: "none" })),
  );
  if (older.code === newest.code) return;
  const { code } = await transform(source, { target: TARGET, minify: true, legalComments: "inline", charset: "utf8" });
  writeFileSync(path, code);
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

await copyVendor();
writeSprite();
