// The decoders to compare. Each takes a frame and returns the text that it reads, or null.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { HEIGHT, WIDTH } from "./camera.js";

const require = createRequire(import.meta.url);

/**
 * Returns the decoder of Bonex: the published worker. It is used as the page uses it, one pass
 * after another until one reads something. `site` is the directory with its manifest.
 */
export async function ours(site) {
  const manifest = JSON.parse(await readFile(join(site, "manifest.json"), "utf8"));
  const replies = [];
  globalThis.self = { postMessage: (reply) => replies.shift()(reply) };
  // Node's own fetch does not load files.
  globalThis.fetch = async (url) => new Response(await readFile(url), { headers: { "Content-Type": "application/wasm" } });
  const worker = await import(pathToFileURL(join(site, "pkg", manifest.scanner_js)));
  const read = (rgba, pass) =>
    new Promise((resolve, reject) => {
      replies.push(({ text, error }) => (error ? reject(new Error(error)) : resolve(text)));
      globalThis.self.onmessage({ data: { id: 0, width: WIDTH, height: HEIGHT, rgba, pass } });
    });
  await read(new ArrayBuffer(WIDTH * HEIGHT * 4), 0);
  return async (pixels) => {
    for (let pass = 0; pass < worker.passes(); pass++) {
      const text = await read(pixels.buffer, pass);
      if (text !== null) return text;
    }
    return null;
  };
}

/** Returns jsQR, which reads no barcodes. */
export async function jsQr() {
  const decode = require("jsqr");
  return (pixels) => decode(pixels, WIDTH, HEIGHT, { inversionAttempts: "attemptBoth" })?.data ?? null;
}

/** Returns ZXing-C++ with all its options switched on. */
export async function zxing() {
  const { prepareZXingModule, readBarcodes } = await import("zxing-wasm/reader");
  const wasmBinary = await readFile(require.resolve("zxing-wasm/reader/zxing_reader.wasm"));
  await prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer }, fireImmediately: true });
  const options = {
    formats: ["QRCode", "EAN13"],
    tryHarder: true,
    tryRotate: true,
    tryInvert: true,
    tryDownscale: true,
    tryDenoise: true,
    maxNumberOfSymbols: 1,
  };
  return async (pixels) => {
    const [found] = await readBarcodes({ data: pixels, width: WIDTH, height: HEIGHT }, options);
    return found?.text ?? null;
  };
}
