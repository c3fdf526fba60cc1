// Sends real requests for a thread that waits: WinHttp lets a script wait, node does not.

import { parentPort, workerData } from "node:worker_threads";

const { shared } = workerData;
const state = new Int32Array(shared, 0, 2);
const bytes = new Uint8Array(shared, 8);

parentPort.on("message", async ({ method, url, headers, body }) => {
  let said;
  try {
    const answer = await fetch(url, { method, headers, body: body ?? undefined });
    said = {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()).toString("base64"),
    };
  } catch (error) {
    said = { error: String(error.cause ?? error) };
  }
  const text = Buffer.from(JSON.stringify(said));
  bytes.set(text);
  Atomics.store(state, 1, text.length);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
});
