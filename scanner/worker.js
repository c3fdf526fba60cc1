// Appended to the module of wasm-bindgen, which defines __wbg_init, __wbg_reset_state and decode.
//
// The page posts {id, width, height, rgba, pass}; `rgba` is an ArrayBuffer. The worker answers each
// message with {id, text}, where `text` is null if nothing was read, or with {id, error} if it
// could not be loaded.

const loaded = __wbg_init({ module_or_path: new URL("SCANNER_WASM", import.meta.url) });
// The error is sent in the answer to the first frame.
loaded.catch(() => {});

self.onmessage = async ({ data: { id, width, height, rgba, pass } }) => {
  try {
    await loaded;
  } catch (error) {
    self.postMessage({ id, error: String(error) });
    return;
  }
  self.postMessage({ id, text: read(new Uint8Array(rgba), width, height, pass) });
};

function read(rgba, width, height, pass) {
  try {
    return decode(rgba, width, height, pass) ?? null;
  } catch {
    // A decoder that has stopped half way leaves its memory in disorder, so the next frame gets a
    // new one.
    __wbg_reset_state();
    return null;
  }
}
