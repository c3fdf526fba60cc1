// Random walks of a cashier and of bad luck. At the end the server has exactly the sales whose
// checks were printed, with the bonuses that were in them: none is lost, doubled or stranded.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { BONUS } from "./paper.js";
import { ENGINES, Shop } from "./shop.js";

const WALKS = 200;
const STEPS = 60;

/** A small random generator (mulberry32), so that a walk can be repeated by its number. */
function random(seed) {
  let state = seed * 0x9e3779b9;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}

/** What may happen; each returns a printed paper or nothing. `any` picks below a number. */
const EVENTS = {
  open: (till) => till.paper ?? till.open(),
  row: (till, any) => till.paper && till.add(15 + any(400) / 4),
  quantity: (till, any) => till.paper?.rows.length > 0 && till.change(1 + any(3)),
  client: (till, any, shop) => till.paper && till.client(shop.phones[any(shop.phones.length)], () => String(any(25))),
  most: (till, any, shop) => till.paper && till.client(shop.phones[any(shop.phones.length)], (_, most) => most),
  again: (till, any) => {
    if (!till.paper) return;
    till.answers = [String(any(10))];
    till.script.EnterBonusPayment();
  },
  hand: (till, any) => till.paper && till.pay(BONUS, 1 + any(20)),
  storno: (till) => {
    if (till.paper?.payments.length > 0) {
      till.paper.payments.pop();
      till.script.bonexOnStornoPayment();
    }
  },
  before: (till) => till.paper?.rows.length > 0 && till.close("failed"),
  close: (till) => (till.paper?.rows.length > 0 ? till.close() : null),
  finish: (till) => (till.paper?.rows.length > 0 ? till.close() : null),
  crash: (till) => till.paper?.rows.length > 0 && till.close("crash"),
  restart: (till) => till.start(),
  cancel: (till) => till.paper && till.cancel(),
  forget: (till) => {
    // Frontol begins another check without a word about the last.
    if (till.paper) till.open();
  },
  session: (till) => till.session(),
  rest: (till) => till.rest(),
  down: (till, any, shop) => shop.network.break("down", 1 + any(6)),
  lost: (till, any, shop) => shop.network.break("lost", 1 + any(4)),
  worse: (till, any, shop) => shop.network.break("lost", 1, "down", "down"),
  page: (till, any, shop) => shop.network.break("page", 1 + any(4)),
  cut: (till, any, shop) => shop.network.break("cut", 1 + any(3)),
  up: (till, any, shop) => shop.network.repair(),
};
const NAMES = Object.keys(EVENTS);
// A cashier mostly sells, and a network mostly works.
const USUAL = ["open", "row", "client", "most", "before", "close", "up", "rest"];
const WEIGHTED = [...NAMES, ...Array(5).fill(USUAL).flat(), ...Array(8).fill(["most", "close"]).flat()];

for (const engine of ENGINES) {
  describe(`walks of Frontol on ${engine}`, { timeout: 900_000 }, () => {
    let shop;
    before(async () => {
      shop = await Shop.open(engine);
      const till = shop.till();
      for (const phone of shop.phones) {
        till.open();
        till.add(5_000);
        till.client(phone);
        till.close();
      }
      await sleep(1_100);
    });
    after(() => shop.close());

    test(`${WALKS} walks lose, double and strand no bonus`, () => {
      let [printed, redeemed] = [0, 0];
      for (let walk = 1; walk <= WALKS; walk++) {
        const any = random(walk);
        const till = shop.till();
        const steps = [];
        const expected = [];
        for (let step = 0; step < STEPS; step++) {
          const name = WEIGHTED[any(WEIGHTED.length)];
          steps.push(name);
          const paper = EVENTS[name](till, any, shop);
          if (!["close", "finish"].includes(name) || !paper) continue;
          const client = till.lastClient;
          if (client) expected.push([client, Math.round(paper.sumWithDiscs * 100), paper.bonuses]);
        }
        // The evening: the network is back, the open check is given up, the queue is sent.
        shop.network.repair();
        till.rest();
        if (till.paper) till.cancel();
        till.rest();
        till.session();
        const found = shop.sales(till).map(({ phone, total, redeemed }) => [phone, total, redeemed]);
        assert.deepEqual(sorted(found), sorted(expected), `walk ${walk}: ${steps.join(" ")}\n${till.log}`);
        assert.deepEqual(till.queue, [], `walk ${walk}: the queue`);
        printed += expected.length;
        redeemed += expected.filter(([, , bonuses]) => bonuses > 0).length;
      }
      // A walk that sells nothing proves nothing.
      assert.ok(printed > WALKS && redeemed > WALKS / 4, `${printed} sales, ${redeemed} with bonuses`);
      shop.verify();
    });
  });
}

const sorted = (sales) => sales.map(String).sort();
