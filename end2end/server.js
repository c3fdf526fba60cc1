// Starts the real server with a database of its own.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const START_SECONDS = 30;

/** Starts `bonex serve` on a free port. Returns its address and a function that stops it. */
export async function startServer() {
  const target = process.env.BONEX_TARGET_DIR;
  if (!target) throw new Error("BONEX_TARGET_DIR is not set: run `make test`");
  const bonex = join(target, "debug", "bonex");

  const directory = mkdtempSync(join(tmpdir(), "bonex-end2end-"));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const log = join(directory, "server.log");
  const options = {
    // The database's default place is `data/` in the current directory.
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      BONEX_LISTEN: `127.0.0.1:${port}`,
      BONEX_SITE_DIR: join(target, "site"),
    },
  };

  execFileSync(bonex, ["migrate"], { ...options, stdio: ["ignore", "ignore", "inherit"] });
  const output = openSync(log, "w");
  const server = spawn(bonex, ["serve"], { ...options, stdio: ["ignore", output, output] });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const stop = async () => {
    server.kill("SIGTERM");
    await ended;
    rmSync(directory, { recursive: true });
  };

  try {
    await untilReady(address, server);
  } catch (error) {
    const said = readFileSync(log, "utf8");
    await stop();
    throw new Error(`${error.message}\n${said}`);
  }
  return { address, stop };
}

async function untilReady(address, server) {
  for (const deadline = Date.now() + START_SECONDS * 1000; Date.now() < deadline; await sleep(50)) {
    if (server.exitCode !== null) throw new Error(`bonex serve ended with ${server.exitCode}`);
    const answer = await fetch(`${address}/readyz`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`bonex serve was not ready within ${START_SECONDS} s`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
