// The delivered script in the engine of Windows Script Host, with the doubles of `wine/till.vbs`,
// WinHttp and the file system as Wine has them. Optional: `make check-frontol-wine`.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import vm from "node:vm";

import { Shop } from "./shop.js";
import { scriptOf } from "./till.js";

/** What both engines must say alike: values, and the traps of JScript that the script walks by. */
const EXPRESSIONS = [
  "bonexDirams('12.5')", "bonexDirams(19.99 * 0.3)", "bonexDirams(null)", "bonexDirams('abc')", "bonexDirams(1.005)",
  "bonexTypedDirams('12,5')", "bonexTypedDirams('1\\u00a0000')", "bonexTypedDirams('1,234')", "bonexTypedDirams('')",
  "bonexTypedDirams('-5')", "bonexSum(1250)", "bonexSum(5)", "bonexSum(-705)", "bonexWords(123456)",
  "bonexTrim('\\ufeff \\u00a0x\\u00a0 ')", "bonexPlain(' +992 (90) 000-00\\u201101 ')", "bonexPlain('900\\u2009000\\u202f001')",
  "bonexPlain('001-0000123')", "bonexIsClient('2000000001231')", "bonexIsClient('4607001234567')", "bonexIsClient(null)",
  "bonexMoment(new Date(Date.UTC(2026, 0, 5, 19, 4, 9)))", "bonexMoment(new Date(Date.UTC(2026, 11, 31, 23, 59, 59)))",
  "bonexJson({ a: [1, 2.5, true, null], b: undefined, c: '\\u0427\\u0430\\u0439 \\\"x\\\" \\\\ \\n' })",
  "bonexJson([0.5, 100000, 0, -1.25])", "bonexJson([])", "bonexJson({})",
  "bonexParse('{\\\"a\\\":[1,-2.5,true,false,null,\\\"\\\\u0427\\\\n\\\\/\\\"]}')", "bonexParse('{\\\"a\\\":1,}')", "bonexParse('[1,2')",
  "bonexParse('')", "bonexParse('[]')", "bonexParse('nul')", "bonexParse('{\\\"a\\\":{\\\"b\\\":{\\\"c\\\":[{}]}}}')",
  "bonexParse('\\\"\\\\uZZZZ\\\"')", "bonexHidden('+992900000001 ' + '0123456789abcdef0123456789abcdef')",
  "bonexHidden('/cashier/client/%2B992900000001?check_amount=1')", "bonexOr(0, 1)", "bonexOr('', 1)", "bonexOr(undefined, 1)",
  "bonexTwo(7)", "bonexNeverLeft({ number: -2147012867 })", "bonexReason({ number: -2147012721 })", "bonexReason({ number: -2147012889 })",
  "bonexNeverLeft({ number: -2147012894 })",
];

describe("the script in the engine of Windows", { timeout: 300_000 }, () => {
  let shop, folder, proxy, said, expressions, phone;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "bonex-wine-"));
    shop = await Shop.open("sqlite");
    phone = shop.phones[0];
    const till = shop.till({ cashier: 1 });
    till.open();
    till.add(10_000);
    till.client(phone);
    assert.ok(till.close());
    await sleep(1_100);
    proxy = await badProxy();
    const { id, token } = shop.demo.cashiers[0];
    const script = scriptOf(shop.server.address, { tenantToken: shop.tenantToken, token, id });
    expressions = EXPRESSIONS.map((expression) => vm.runInContext(`bonexJson(${expression})`, till.script));
    writeFileSync(join(folder, "script.js"), script, "latin1");
    writeFileSync(join(folder, "expressions.txt"), EXPRESSIONS.join("\n"));
    said = await runInWine(folder, phone, proxy);
  });

  after(async () => {
    proxy?.close();
    await shop?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("it is the engine that is meant, and the script binds its events in it", (t) => {
    for (const part of ["enumerator", "stream"]) {
      if (!said.get(`has ${part}`)) t.diagnostic(`Wine has no working ${part}: a double is in its place, or the way without it is tried`);
    }
    assert.equal(said.get("engine"), "undefinedundefinedundefined");
    assert.equal(said.get("events"), 11);
    assert.equal(said.get("greeting"), "");
  });

  test("values are those of the other engine", () => {
    assert.equal(said.expressions.length, EXPRESSIONS.length);
    EXPRESSIONS.forEach((expression, i) => assert.equal(said.expressions[i], expressions[i], expression));
  });

  test("checks are confirmed, printed, undone and refused on the server", () => {
    assert.equal(said.get("paid"), 2_000);
    assert.equal(said.get("failed"), false);
    assert.equal(said.get("printed"), true);
    assert.equal(said.get("earning"), true);
    assert.equal(said.get("given up"), false);
    assert.equal(said.get("over"), false);
    assert.match(said.get("over says"), /Сейчас можно списать не больше 30,00/);
    assert.equal(said.get("over left"), 0);
    const sales = shop.server.rows(
      `SELECT total_dirams AS total, redeemed_dirams AS redeemed FROM sales
       WHERE voided_by IS NULL AND external_sale_id LIKE '1-1-7-1__-%' ORDER BY id`,
    );
    assert.deepEqual(sales, [
      { total: 10_000, redeemed: 2_000 },
      { total: 5_610, redeemed: 0 },
      { total: 3_000, redeemed: 0 },
    ]);
    shop.verify();
  });

  test("without a network a sale waits in a file", () => {
    assert.equal(said.get("not left"), false);
    assert.equal(said.get("offline"), true);
    assert.equal(said.get("waiting"), 1);
    assert.equal(said.get("sent later"), 0);
  });

  test("answers of whoever stands before the server are read or not believed", () => {
    // Without ADODB.Stream the letters of such an answer are lost, its figures are not.
    const data = said.get("has stream") ? { full_name: "Зебо" } : said.get("plain")[3];
    assert.equal(typeof data.full_name, "string");
    assert.deepEqual(said.get("plain"), [200, true, "", data, 0]);
    if (said.get("has stream")) assert.deepEqual(said.get("mark"), [200, true, "", data, 0]);
    assert.deepEqual(said.get("page"), [0, true, "garbage", null, 0]);
    assert.deepEqual(said.get("cut"), [0, true, "garbage", null, 0]);
    assert.deepEqual(said.get("slow"), [429, true, "too_many_requests", null, 7]);
    assert.deepEqual(said.get("silent"), [0, true, "timeout", null, 0]);
  });

  test("the log turns over, and a folder that cannot be made stops nothing", () => {
    assert.equal(said.get("log"), true);
    assert.equal(said.get("turned over"), true);
    assert.equal(said.get("unwritten"), 1);
  });
});

/** A server that answers as proxies do. */
async function badProxy() {
  const good = Buffer.from('{"success":true,"data":{"full_name":"Зебо"}}');
  const server = createServer(({ url }, answer) => {
    const name = url.split("/").at(-1);
    const send = (status, headers, body) => answer.writeHead(status, headers).end(body);
    if (name === "plain") send(200, { "content-type": "application/json" }, good);
    if (name === "mark") send(200, { "content-type": "application/json" }, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), good]));
    if (name === "page") send(502, { "content-type": "text/html" }, "<html>Bad gateway</html>");
    if (name === "cut") send(200, { "content-type": "application/json" }, good.subarray(0, 20));
    if (name === "slow") {
      send(429, { "retry-after": "7", "content-type": "application/json" }, '{"success":false,"error":"x","code":"too_many_requests"}');
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${server.address().port}`, close };
}

/** Runs the till in Wine. Returns what it has said, by name. */
async function runInWine(folder, phone, proxy) {
  const windows = (path) => `Z:${path.replaceAll("/", "\\")}`;
  const till = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../wine/till.vbs");
  const words = [till, join(folder, "script.js"), join(folder, "expressions.txt")].map(windows);
  const child = spawn(process.env.WINE ?? "wine", ["cscript", "/nologo", ...words, phone, proxy.address, "1"], {
    env: { ...process.env, WINEPREFIX: join(folder, "prefix"), WINEDEBUG: "-all", DISPLAY: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [text, errors] = ["", ""];
  child.stdout.on("data", (more) => (text += more));
  child.stderr.on("data", (more) => (errors += more));
  const code = await new Promise((ended) => child.on("close", ended));
  const said = new Map();
  said.expressions = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^([a-z ]+)=(.*)$/.exec(line) ?? [];
    if (name === "expression") said.expressions.push(value);
    else if (name) said.set(name, JSON.parse(value));
  }
  assert.ok(said.has("unwritten"), `the till stopped with ${code}:\n${text}\n${errors}`);
  return said;
}
