// Bundles the editor into src/wallograph/web/static/built/ and writes manifest.json: bundle name -> file name.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "src", "wallograph", "web", "static", "built");
const LARGEST = 1_200_000; // bytes of all scripts together

// The pages allow no inline style. CodeMirror's style-mod only uses constructed style sheets (which a strict CSP
// allows) inside a shadow root; the document itself has adoptedStyleSheets as well, so the condition is dropped.
const constructedStyles = {
  name: "constructed-styles",
  setup(plan) {
    plan.onLoad({ filter: /style-mod[\\/]src[\\/]style-mod\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace("!root.head && root.adoptedStyleSheets", "root.adoptedStyleSheets");
      if (contents === text) throw new Error("style-mod has changed: look at constructedStyles in build.js");
      return { contents, loader: "js" };
    });
  },
};

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: { editor: "src/main.js", "editor-style": "src/editor.css", validate: "src/validate.js" },
  outdir: target,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".png": "file" },
  plugins: [constructedStyles],
});

// The licences of what is bundled ask that their text goes along.
const packages = new Set(Object.keys(metafile.inputs).map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter(Boolean));
const notices = [];
for (const name of [...packages].sort()) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((found) => /^licen[cs]e/i.test(found));
  const words = file ? await readFile(join(folder, file), "utf8") : "";
  notices.push(`${name} ${version} (${license})\n\n${words.trim()}\n`);
}
await writeFile(join(target, "LICENSES.txt"), notices.join("\n----\n\n"));

const manifest = {};
let scripts = 0;
for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
  const size = (await stat(join(here, file))).size;
  if (file.endsWith(".js")) scripts += size;
  if (entryPoint === "src/main.js") manifest["editor.js"] = basename(file);
  if (entryPoint === "src/validate.js") manifest["validate.js"] = basename(file);
  if (entryPoint === "src/editor.css") manifest["editor.css"] = basename(file);
  console.log(`${basename(file)}  ${size}`);
}
console.log(`scripts together: ${scripts} bytes`);
if (scripts > LARGEST) throw new Error(`the scripts have ${scripts} bytes, more than ${LARGEST}`);
await writeFile(join(target, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
