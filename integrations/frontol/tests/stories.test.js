// What shops complain of in public about modules of this kind, each tried on ours.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { ENGINES, Shop } from "./shop.js";
import { FOLDER } from "./till.js";

for (const engine of ENGINES) {
  describe(`complaints, with the script of Frontol on ${engine}`, { timeout: 600_000 }, () => {
    let shop, phone, other;
    let tests = 0;
    before(async () => {
      shop = await Shop.open(engine);
      const till = shop.till();
      for (const each of shop.phones) {
        till.open();
        till.add(1_000);
        till.client(each);
        assert.ok(till.close());
      }
      await sleep(1_100);
    });
    after(async () => {
      shop.verify();
      await shop.close();
    });
    beforeEach(() => {
      [phone, other] = shop.phones.slice((2 * tests++) % (shop.phones.length - 1));
    });

    const only = (till) => shop.sales(till).map((sale) => [sale.phone, sale.total, sale.redeemed]);
    const discount = (script) => script.replace('BONEX_REDEEM_MODE = "payment_type"', 'BONEX_REDEEM_MODE = "discount"');

    test("«after the network came back, the points were there twice»", async () => {
      const till = shop.till();
      const balance = await shop.balance(phone);
      shop.network.break("down");
      for (const price of [100, 200, 300]) {
        till.open();
        till.add(price);
        till.client(phone);
        assert.ok(till.close());
      }
      assert.equal(till.queue.length, 3);
      for (const fault of ["lost", "cut", "page", "empty"]) {
        till.rest();
        shop.network.break(fault, 1);
        till.session();
        assert.ok(till.queue.length > 0);
      }
      till.rest();
      till.session();
      assert.deepEqual(till.queue, []);
      assert.deepEqual(only(till), [[phone, 10_000, 0], [phone, 20_000, 0], [phone, 30_000, 0]]);
      assert.equal(await shop.balance(phone), balance + 3_000);
    });

    test("«one check was closed, and points moved for all that were open»", async () => {
      const till = shop.till();
      const balances = async () => [await shop.balance(phone), await shop.balance(other)];
      const before = await balances();
      till.open();
      till.add(100);
      till.client(phone, "10");
      till.close("failed");
      const parked = till.park();
      till.open();
      till.add(200);
      till.client(other, "0");
      assert.ok(till.close());
      assert.deepEqual(only(till), [[other, 20_000, 0]]);
      assert.deepEqual(await balances(), [before[0], before[1] + 1_000]);
      // Taken up again: the client is there, the bonuses are asked for again before it is printed.
      till.takeUp(parked);
      till.add(50);
      assert.equal(till.paper.bonuses, 0);
      assert.ok(till.close());
      assert.deepEqual(only(till), [[other, 20_000, 0], [phone, 15_000, 0]]);
      assert.deepEqual(await balances(), [before[0] + 750, before[1] + 1_000]);
    });

    test("a parked check whose bonuses were undone is printed with what is confirmed anew", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, "10");
      till.close("failed");
      const parked = till.park();
      till.open();
      till.cancel();
      till.takeUp(parked);
      const printed = till.close();
      assert.ok(printed, till.errors.at(-1));
      assert.deepEqual(only(till), [[phone, 10_000, printed.bonuses]]);
      assert.equal(printed.bonuses, 1_000);
    });

    test("«an order that was taken up at another till had its points twice»", async () => {
      const [first, second] = [shop.till(), shop.till({ cashier: 1, workplace: 2 })];
      const before = await shop.balance(phone);
      first.open();
      first.add(100);
      first.client(phone, "10");
      first.close("failed");
      second.takeUp(first.park());
      second.add(1);
      first.open();
      second.client(phone, "10");
      const printed = second.close();
      assert.ok(printed, second.errors.at(-1));
      assert.equal(printed.bonuses, 1_000);
      assert.deepEqual(second.queue, []);
      assert.deepEqual(only(first), []);
      for (const till of [first, second]) assert.deepEqual(till.disk.in(`${FOLDER}\\refused`), []);
      assert.equal(await shop.balance(phone), before - 1_000 + 455);
    });

    test("«the goods came back, and the points that had paid for them were taken once more»", async () => {
      const till = shop.till();
      const balance = await shop.balance(phone);
      till.open();
      till.add(100);
      till.client(phone, "20");
      const sold = till.close();
      for (const _ of [1, 2]) {
        till.open(1);
        till.paper.baseDocument = sold;
        till.add(50);
        till.client(phone);
        assert.equal(till.paper.bonuses, 0);
        assert.ok(till.close());
      }
      assert.deepEqual(till.queue, []);
      assert.equal(await shop.balance(phone), balance);
    });

    test("«the client of the last check earned for the next one»", async () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, "5");
      assert.ok(till.close());
      const balance = await shop.balance(phone);
      till.open();
      till.add(500);
      assert.ok(till.close());
      assert.equal(only(till).length, 1);
      assert.equal(await shop.balance(phone), balance);
    });

    test("«points for goods that were taken out of the check»", () => {
      const till = shop.till();
      till.open();
      for (const price of [100, 40, 60]) till.add(price);
      till.paper.rows[1].storno = true;
      till.client(phone, "0");
      assert.ok(till.close());
      assert.deepEqual(only(till), [[phone, 16_000, 0]]);
      const sent = JSON.parse(shop.network.arrived.findLast(({ path }) => path.endsWith("/sale")).body);
      assert.deepEqual(sent.lines.map((line) => line.line_amount), ["100.00", "60.00"]);
    });

    test("«without an answer from the service the till stood still»", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, "5");
      shop.network.break("lost");
      const began = till.clock.now;
      assert.equal(till.close(), null);
      assert.ok(till.close());
      // Two waits for a sale, each up to a second longer than its limit.
      assert.ok(till.clock.now - began <= 24_000, `${till.clock.now - began} ms`);
      const quiet = till.clock.now;
      for (const _ of [1, 2, 3]) {
        till.open();
        till.add(100);
        till.client(phone);
        assert.ok(till.close());
      }
      assert.equal(till.clock.now, quiet);
      shop.network.repair();
      till.rest();
      till.session();
      assert.deepEqual(till.queue, []);
      assert.equal(only(till).length, 4);
    });

    test("«a diram is left over, or a row costs less than nothing»", () => {
      const till = shop.till({ edit: discount });
      let seed = 7;
      const any = (below) => (seed = (seed * 48_271) % 2_147_483_647) % below;
      for (let round = 0; round < 300; round++) {
        till.open();
        const rows = 1 + any(9);
        for (let row = 0; row < rows; row++) till.add((1 + any(row % 2 ? 5 : 5_000)) / 100, 1 + any(3));
        const sum = Math.round(till.paper.totalSum * 100);
        const redeem = any(sum + 1);
        Object.assign(till.script.bonexCurrent(), { client: { phone }, redeem });
        till.paper.recalculateAllDiscounts();
        const shares = till.paper.rows.map((row) => Math.round(row.discount * 100));
        const costs = till.paper.rows.map((row) => Math.round(row.price * row.quantity * 100));
        assert.equal(shares.reduce((all, share) => all + share, 0), redeem);
        shares.forEach((share, i) => assert.ok(share >= 0 && share <= costs[i], `${shares} of ${costs}`));
        till.cancel();
      }
    });
  });
}
