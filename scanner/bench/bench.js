// Runs every decoder on the same photographs:
// node bench.js --site DIRECTORY [--seed NUMBER] [--png DIRECTORY]

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";

import { jsQr, ours, zxing } from "./decoders.js";
import { frames } from "./frames.js";
import { png } from "./png.js";
import { Tally, table } from "./tally.js";

const { values: options } = parseArgs({
  options: { site: { type: "string" }, seed: { type: "string", default: "0" }, png: { type: "string" } },
});
if (options.png) await mkdir(options.png, { recursive: true });

const decoders = { ours: await ours(options.site), "zxing-wasm": await zxing(), jsQR: await jsQr() };
const tallies = Object.keys(decoders).map((name) => new Tally(name));

for (const frame of frames(Number(options.seed))) {
  if (frame.number === 0) console.error(frame.group);
  if (options.png) {
    const name = `${frame.group} ${frame.number} ${frame.text ?? "nothing"}`.replaceAll(/[ ,]+/g, "-");
    await writeFile(join(options.png, `${name}.png`), png(frame.pixels));
  }
  for (const tally of tallies) {
    // jsQR cannot read barcodes, so these frames do not count as its failures.
    if (tally.name === "jsQR" && frame.symbology === "EAN") continue;
    const start = performance.now();
    const text = await decoders[tally.name](frame.pixels);
    tally.add(frame, text, performance.now() - start);
  }
}

console.log(table(tallies));
const misreads = tallies[0].misreads;
for (const { frame, text } of misreads) {
  console.error(`misread: ${frame.group} ${frame.number}: ${text} in place of ${frame.text ?? "nothing"}`);
}
process.exitCode = misreads.length > 0 ? 1 : 0;
