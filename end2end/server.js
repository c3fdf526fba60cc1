// Starts the real server with a new database.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, openSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { createDatabase } from "./postgres.js";

const START_SECONDS = 30;

/** Returns the path of `bonex` of a cargo profile. */
export const program = (profile) => join(targetDirectory(), profile, "bonex");

/** Returns the directory of the web bundle that `make web` has built. */
export const siteDirectory = () => join(targetDirectory(), "site");

/**
 * Starts `bonex serve` of a cargo profile, with a web bundle, on `port` or on a free port, with a
 * new database of `engine`: `sqlite` or `postgres`. `env` has further settings. The clock of the
 * server and its commands is `secondsAhead`. Daily jobs do not run by themselves.
 *
 * Returns the server's address and these functions. `command` runs `bonex` with these words and
 * returns what it prints. `provisionDemo` fills the demo stores and returns them as `bonex
 * provision-demo --json` prints them. `rows` queries the database; `write` changes it, which is how
 * time passes in a spec. `freeze` stops the server so that it accepts connections but does not
 * answer; `thaw` continues it. `restart` ends the server and starts it again; `stop` ends it for
 * good.
 */
export async function startServer({
  profile = "debug",
  site = siteDirectory(),
  port,
  engine = "sqlite",
  env = {},
  secondsAhead = 0,
} = {}) {
  const bonex = program(profile);
  const clock = secondsAhead > 0 ? ["--clock-ahead", `${secondsAhead}`] : [];

  const directory = mkdtempSync(join(tmpdir(), "bonex-end2end-"));
  port ??= await freePort();
  const address = `http://127.0.0.1:${port}`;
  const log = join(directory, "server.log");
  const database = engine === "postgres" ? createDatabase() : sqliteIn(directory);
  const options = {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      ...database.env,
      BONEX_LISTEN: `127.0.0.1:${port}`,
      BONEX_METRICS_LISTEN: "127.0.0.1:0",
      BONEX_SITE_DIR: site,
      // What they would do depends on the hour. A spec runs their commands.
      BONEX_NO_JOBS: "true",
      ...env,
    },
  };

  execFileSync(bonex, ["migrate"], { ...options, stdio: ["ignore", "ignore", "inherit"] });
  const command = (...words) =>
    execFileSync(bonex, [...clock, ...words], { ...options, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });
  const provisionDemo = () => JSON.parse(command("provision-demo", "--json"));
  const output = openSync(log, "w");
  let server, ended;
  const serve = () => {
    server = spawn(bonex, [...clock, "serve"], { ...options, stdio: ["ignore", output, output] });
    ended = once(server, "exit");
  };
  const freeze = () => server.kill("SIGSTOP");
  const thaw = () => server.kill("SIGCONT");
  const end = async () => {
    server.kill("SIGTERM");
    thaw();
    await ended;
  };
  const stop = async () => {
    await end();
    database.drop();
    rmSync(directory, { recursive: true, force: true });
  };
  const start = async () => {
    serve();
    try {
      await untilReady(address, server);
    } catch (error) {
      const said = readFileSync(log, "utf8");
      await stop();
      throw new Error(`${error.message}\n${said}`);
    }
  };
  const restart = async () => {
    await end();
    await start();
  };

  await start();
  return { address, command, provisionDemo, rows: database.rows, write: database.write, freeze, thaw, restart, stop };
}

/** Names the default database of servers in a directory, as {@link createDatabase} does. */
function sqliteIn(directory) {
  const file = join(directory, "data", "bonex.db");
  // Reads with the program `sqlite3`, so that the result does not depend on the server's code.
  const rows = (query) => {
    const said = execFileSync("sqlite3", ["-readonly", "-json", file, query]);
    return said.length === 0 ? [] : JSON.parse(said);
  };
  const write = (statement) => execFileSync("sqlite3", ["-cmd", ".timeout 10000", file, statement]);
  return { env: {}, rows, write, drop: () => {} };
}

function targetDirectory() {
  const target = process.env.BONEX_TARGET_DIR;
  if (!target) throw new Error("BONEX_TARGET_DIR is not set: run `make test`");
  return target;
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
