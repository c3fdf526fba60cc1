// Appended to wasm-bindgen's module, whose names these are: __wbg_init, __wbg_reset_state, decode.
//
// The page posts {id, width, height, rgba, pass}, with `rgba` an ArrayBuffer; the worker answers each with
// {id, text}, where `text` is null if nothing was read, or {id, error} if it could not be loaded.

const loaded = __wbg_init({ module_or_path: new URL("SCANNER_WASM", import.meta.url) });
// It is told in the answer to the first frame.
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
    // What has stopped half way leaves its memory in disorder: the next frame gets a fresh one.
    __wbg_reset_state();
    return null;
  }
}
