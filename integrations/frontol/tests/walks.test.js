// Random walks of a cashier and of bad luck. At the end the server has exactly the sales whose
// checks were printed, with the bonuses that were in them: none is lost, doubled or stranded.
// A walk that fails is told as the shortest list of events that still fails.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { BONUS } from "./paper.js";
import { ENGINES, Shop } from "./shop.js";

const WALKS = 200;
const STEPS = 80;

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
  park: (till) => {
    if (till.paper) (till.parked ??= []).push(till.park());
  },
  takeUp: (till) => {
    if (!till.paper && till.parked?.length > 0) till.takeUp(till.parked.pop());
  },
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
const WEIGHTED = [...NAMES, "takeUp", "takeUp", ...Array(5).fill(USUAL).flat(), ...Array(12).fill(["most", "close"]).flat()];

/** The events of a walk. Each has a seed of its own, so that taking one out changes no other. */
function eventsOf(walk) {
  const any = random(walk);
  return Array.from({ length: STEPS }, () => ({ name: WEIGHTED[any(WEIGHTED.length)], seed: any(1e9) }));
}

/** Takes a walk with a new till. Returns its printed checks, and what is wrong in the evening. */
function take(shop, events) {
  const till = shop.till();
  const printed = [];
  for (const { name, seed } of events) {
    let paper;
    try {
      paper = EVENTS[name](till, random(seed), shop);
    } catch (error) {
      return { printed, fault: error.stack };
    }
    if (!["close", "finish"].includes(name) || !paper) continue;
    const client = till.lastClient;
    if (client) printed.push([client, Math.round(paper.sumWithDiscs * 100), paper.bonuses]);
  }
  // The evening: the network is back, the open check is given up, the queue is sent.
  shop.network.repair();
  till.rest();
  if (till.paper) till.cancel();
  till.rest();
  till.session();
  const found = shop.sales(till).map(({ phone, total, redeemed }) => [phone, total, redeemed]);
  let fault = null;
  if (till.queue.length > 0) fault = `the queue has ${till.queue.length}`;
  if (sorted(found) !== sorted(printed)) fault = `the server has\n${sorted(found)}\nbut printed were\n${sorted(printed)}`;
  return { printed, fault: fault && `${fault}\n${till.log}` };
}

/** Takes out events, many at first, as long as the walk `fails` without them. */
function shortest(events, fails) {
  for (let some = Math.max(events.length >> 1, 1); ; ) {
    let taken = false;
    for (let at = 0; at < events.length; ) {
      const without = [...events.slice(0, at), ...events.slice(at + some)];
      if (fails(without)) [events, taken] = [without, true];
      else at += some;
    }
    if (some === 1 && !taken) return events;
    some = Math.max(some >> 1, 1);
  }
  return events;
}

test("a failing walk is told by the events that make it fail", () => {
  const fails = (events) => events.includes(7) && events.indexOf(3) >= 0 && events.indexOf(3) < events.indexOf(7);
  assert.deepEqual(shortest([1, 2, 3, 4, 3, 5, 6, 7, 8, 9], fails), [3, 7]);
  assert.deepEqual(shortest([7], () => true), []);
});

for (const engine of ENGINES) {
  describe(`walks of Frontol on ${engine}`, { timeout: 900_000 }, () => {
    let shop;
    before(async () => {
      shop = await Shop.open(engine);
      const till = shop.till();
      // More bonuses than walks can spend, so that no walk depends on another.
      for (const phone of shop.phones) {
        till.open();
        till.add(1_000_000);
        till.client(phone);
        assert.ok(till.close());
      }
      await sleep(1_100);
    });
    after(() => shop.close());

    test(`${WALKS} walks lose, double and strand no bonus`, () => {
      let [sold, redeemed] = [0, 0];
      for (let walk = 1; walk <= WALKS; walk++) {
        const { printed, fault } = take(shop, eventsOf(walk));
        if (fault) {
          const events = shortest(eventsOf(walk), (without) => take(shop, without).fault !== null);
          const names = events.map(({ name, seed }, i) => `${i + 1}. ${name} (${seed})`);
          assert.fail(`walk ${walk}, the shortest:\n${names.join("\n")}\n${take(shop, events).fault}`);
        }
        sold += printed.length;
        redeemed += printed.filter(([, , bonuses]) => bonuses > 0).length;
      }
      // A walk that sells nothing proves nothing.
      assert.ok(sold > WALKS && redeemed > WALKS / 4, `${sold} sales, ${redeemed} with bonuses`);
      shop.verify();
    });
  });
}

const sorted = (sales) => sales.map(String).sort().join("\n");
