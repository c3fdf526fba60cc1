// Databases on the private PostgreSQL that `cargo xtask` has started, made with the program `psql`.

import { execFileSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";

/**
 * Makes an empty database. Returns the settings of its servers, `rows` and `write`, which query and
 * change it, and `drop`, which deletes it.
 */
export function createDatabase() {
  const name = `end2end_${randomUUID().replaceAll("-", "")}`;
  psql(serverUrl(), `CREATE DATABASE ${name}`);
  const url = serverUrl().replace(/\/[^/]*$/, `/${name}`);
  const rows = (query) => JSON.parse(psql(url, `SELECT coalesce(json_agg(r), '[]') FROM (${query}) r`));
  const write = (statement) => psql(url, statement);
  const drop = () => psql(serverUrl(), `DROP DATABASE ${name} WITH (FORCE)`);
  const env = { DATABASE_URL: url, BONEX_SECRET_KEY: randomBytes(32).toString("hex") };
  return { env, rows, write, drop };
}

function serverUrl() {
  const url = process.env.BONEX_TEST_POSTGRES;
  if (!url) throw new Error("BONEX_TEST_POSTGRES is not set: run `make test` or `cargo xtask end2end`");
  return url;
}

function psql(url, statement) {
  const options = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"];
  const program = join(process.env.BONEX_TEST_POSTGRES_PROGRAMS, "psql");
  return execFileSync(program, [...options, "--command", statement, url], { encoding: "utf8" });
}
