// What a cashier does and what goes wrong, each with the sale that the server must have at the end.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { BONUS } from "./paper.js";
import { ENGINES, Shop } from "./shop.js";
import { FOLDER } from "./till.js";

for (const engine of ENGINES) {
  describe(`the script of Frontol on ${engine}`, { timeout: 600_000 }, () => {
    let shop, phone, name;
    let tests = 0;
    before(async () => {
      shop = await Shop.open(engine);
      // Everybody has bonuses that can be spent.
      const till = shop.till();
      for (const each of shop.phones) sell(till, each, 1000);
      // The demo store holds bonuses for a second.
      await sleep(1_100);
    });
    after(() => shop.close());

    // Each test has a client of its own, as long as there are some.
    beforeEach(() => {
      const { phone: own, full_name } = shop.demo.clients[tests++ % (shop.phones.length - 1)];
      [phone, name] = [own, full_name];
    });

    /** Sells for a price, spending what is typed. Returns the printed paper. */
    function sell(till, to, price, ...bonuses) {
      till.open();
      till.add(price);
      till.client(to, ...bonuses);
      return till.close();
    }

    const only = (till) => shop.sales(till).map(({ total, redeemed }) => [total, redeemed]);

    test("a sale that earns is sent after the check is printed", () => {
      const till = shop.till();
      till.open();
      till.add(200);
      till.client(phone, "0");
      assert.ok(till.prompts.at(-1).startsWith(`Bonex: ${name}\nБонусов: `), till.prompts.at(-1));
      assert.deepEqual(only(till), []);
      assert.ok(till.close());
      assert.deepEqual(only(till), [[20_000, 0]]);
      assert.deepEqual(till.queue, []);
    });

    test("Enter spends the most, and the sale is confirmed before printing", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, (_, most) => most);
      assert.equal(till.paper.bonuses, 3_000);
      assert.equal(till.messages.at(-1), "К оплате деньгами: 70,00 сом.");
      till.close("failed");
      assert.deepEqual(only(till), [[10_000, 3_000]]);
      assert.ok(till.close());
      assert.deepEqual(only(till), [[10_000, 3_000]]);
    });

    test("null, empty text, letters and a comma are understood", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      for (const esc of [null, undefined, "", " "]) {
        till.answers = [esc];
        till.script.SearchCardByPhone();
      }
      till.answers = ["abc", "12", "abc"];
      till.script.SearchCardByPhone();
      assert.equal(till.answers.length, 0, "three tries");
      till.client(phone.replace(/^\+992(...)(..)(..)/, "$1 $2-$3-"), "abc", "1000", "12,5");
      assert.equal(till.paper.bonuses, 1_250);
      till.close();
      assert.deepEqual(only(till), [[10_000, 1_250]]);
    });

    test("a card, its barcode and a QR are the client; goods and other cards are not", () => {
      for (const { card_number, ean13, phone } of shop.demo.clients.slice(0, 2)) {
        for (const identifier of [card_number, ean13, phone]) {
          const till = shop.till();
          till.open();
          till.add(50);
          till.answers = ["0"];
          till.scan(identifier);
          assert.ok(till.close());
          assert.equal(shop.sales(till)[0].phone, phone);
        }
      }
      const till = shop.till();
      till.open();
      till.add(50);
      for (const other of ["4607001234567", "2100012345678", "770011", null]) till.scan(other);
      assert.deepEqual(till.messages, []);
    });

    test("rows change, another card, a payment taken out: the bonuses are taken back", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, "20");
      till.close("failed");
      till.add(50);
      assert.equal(till.paper.bonuses, 0);
      assert.match(till.messages.at(-1), /состав чека изменился/);
      till.client(phone, "30");
      till.change(2);
      assert.equal(till.paper.bonuses, 0);
      till.client(phone, "30");
      till.client(shop.phones.at(-1), "10");
      assert.equal(till.paper.bonuses, 1_000);
      till.close();
      assert.deepEqual(shop.sales(till).map((sale) => [sale.phone, sale.total, sale.redeemed]), [
        [shop.phones.at(-1), 25_000, 1_000],
      ]);
      shop.verify();
    });

    test("a bonus payment by hand needs a client, and the server has the last word", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      assert.equal(till.pay(BONUS, 10), false);
      assert.match(till.errors.at(-1), /Сначала найдите клиента/);
      till.client(phone, "0");
      assert.equal(till.pay(BONUS, 99), true);
      assert.equal(till.close(), null);
      assert.match(till.errors.at(-1), /Сейчас можно списать не больше 30,00/);
      assert.equal(till.paper.bonuses, 0);
      till.client(phone, "30");
      assert.ok(till.close());
      assert.deepEqual(only(till), [[10_000, 3_000]]);
    });

    test("without a network the check goes on, and what it earns follows", () => {
      const till = shop.till();
      shop.network.break("down");
      till.open();
      till.add(100);
      till.client(phone);
      assert.match(till.messages.at(-1), /нет связи/);
      assert.equal(till.pay(BONUS, 10), true);
      assert.equal(till.close(), null);
      assert.match(till.errors.at(-1), /Бонусы не списаны\. Нет связи/);
      assert.ok(till.close());
      assert.equal(till.queue.length, 1);
      const before = shop.network.arrived.length;
      shop.network.repair();
      till.session();
      assert.equal(shop.network.arrived.length, before, "no request for a minute after two failures");
      till.rest();
      till.session();
      assert.deepEqual(till.queue, []);
      assert.deepEqual(only(till), [[10_000, 0]]);
    });

    for (const fault of ["lost", "page", "cut", "empty"]) {
      test(`the answer to a sale is ${fault}: asked once more under the same id, then undone`, async () => {
        const till = shop.till();
        const balance = await shop.balance(phone);
        till.open();
        till.add(100);
        till.client(phone, "20");
        shop.network.break(fault, 2);
        assert.equal(till.close(), null);
        assert.match(till.errors.at(-1), /Бонусы не списаны/);
        assert.equal(till.paper.bonuses, 0);
        till.rest();
        assert.ok(till.close());
        assert.deepEqual(only(till), [[10_000, 0]]);
        assert.equal(await shop.balance(phone), balance + 500);
        assert.deepEqual(till.queue, []);
        shop.verify();
      });

      test(`one answer to a sale is ${fault}: the second try succeeds`, () => {
        const till = shop.till();
        till.open();
        till.add(100);
        till.client(phone, "20");
        shop.network.break(fault, 1);
        assert.ok(till.close());
        assert.deepEqual(only(till), [[10_000, 2_000]]);
      });
    }

    test("an answer without a charset, and one with a byte order mark, are read", () => {
      for (const fault of ["latin", "bom"]) {
        const till = shop.till();
        shop.network.break(fault);
        till.open();
        till.add(100);
        till.client(phone, "1");
        assert.ok(till.prompts.at(-1).startsWith(`Bonex: ${name}\n`), till.prompts.at(-1));
        assert.ok(till.close());
        assert.deepEqual(only(till), [[10_000, 100]]);
      }
    });

    test("a limit of requests is waited for", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, "0");
      shop.network.break("slow", 1);
      assert.ok(till.close());
      assert.equal(till.queue.length, 1);
      till.clock.now += 2_500;
      till.session();
      assert.deepEqual(only(till), [[10_000, 0]]);
    });

    test("a name that is not found and a certificate that is not trusted have words of their own", () => {
      const till = shop.till();
      shop.network.break("certificate", 1);
      till.open();
      till.add(100);
      till.answers = [shop.demo.clients[1].card_number];
      till.script.SearchCardByPhone();
      assert.match(till.messages.at(-1), /сертификат/);
      shop.network.break("dns", 1);
      till.answers = [shop.demo.clients[1].card_number];
      till.script.SearchCardByPhone();
      assert.match(till.messages.at(-1), /Нет связи/);
    });

    test("print failed, then cancelled: the sale is undone", async () => {
      const till = shop.till();
      const balance = await shop.balance(phone);
      till.open();
      till.add(100);
      till.client(phone, "20");
      assert.equal(till.close("failed"), null);
      till.cancel();
      assert.deepEqual(only(till), []);
      assert.equal(await shop.balance(phone), balance);
      assert.equal((sell(till, phone, 100, "20"), only(till).length), 1);
      shop.verify();
    });

    test("the answer is lost, and then the network: what may have arrived is undone", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, "20");
      shop.network.break("lost", 1, "down");
      assert.equal(till.close(), null);
      till.rest();
      assert.ok(till.close());
      assert.deepEqual(only(till), [[10_000, 0]]);
    });

    test("print failed: the client can spend the same bonuses again at once", async () => {
      const till = shop.till();
      const buyer = "+992911000003";
      sell(till, buyer, 200, "0");
      await sleep(1_100);
      till.open();
      till.add(100);
      till.client(buyer, "10");
      for (const again of [() => till.client(buyer, (_, most) => most), () => ((till.answers = [(_, most) => most]), till.script.EnterBonusPayment())]) {
        till.close("failed");
        again();
        assert.equal(till.paper.bonuses, 1_000, till.messages.at(-1));
      }
      assert.ok(till.close());
      assert.deepEqual(only(till), [[20_000, 0], [10_000, 1_000]]);
    });

    test("print failed, and then the network: what was sent is undone", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, "20");
      till.close("failed");
      shop.network.break("down", 1);
      assert.equal(till.close(), null);
      till.cancel();
      till.rest();
      till.session();
      assert.deepEqual(only(till), []);
    });

    test("print failed, the bonuses taken out by hand: the sale that spends them is undone", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, "20");
      till.close("failed");
      till.paper.payments.pop();
      till.script.bonexOnStornoPayment();
      assert.ok(till.close());
      assert.deepEqual(only(till), [[10_000, 0]]);
    });

    test("print failed, other sums: a new id, and the first is undone", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, "20");
      till.close("failed");
      till.client(phone, "10");
      assert.ok(till.close());
      assert.deepEqual(only(till), [[10_000, 1_000]]);
      assert.match(shop.sales(till)[0].id, /-2$/);
    });

    test("the next check begins before the last is printed: the last is undone", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, "20");
      till.close("failed");
      till.open();
      assert.deepEqual(only(till), []);
    });

    test("a power failure after the sale: the open check keeps its id", () => {
      const till = shop.till();
      till.open();
      till.add(100);
      till.client(phone, "20");
      till.close("crash");
      assert.ok(till.close());
      assert.deepEqual(only(till), [[10_000, 2_000]]);
    });

    test("a power failure while printing: the cashier says whether it was printed", () => {
      for (const [choice, left] of [["yes", [[10_000, 2_000]]], ["no", []]]) {
        const till = shop.till();
        till.open();
        till.add(100);
        till.client(phone, "20");
        till.close("failed");
        till.paper = null;
        till.choices = [choice];
        till.start();
        assert.deepEqual(only(till), left);
        assert.deepEqual(till.queue, []);
      }
    });

    test("a folder that cannot be written stops no sale", () => {
      const till = shop.till();
      till.disk.isReadOnly = true;
      assert.ok(sell(till, phone, 100, "20"));
      assert.ok(sell(till, phone, 50, "0"));
      assert.deepEqual(only(till), [[10_000, 2_000], [5_000, 0]]);
    });

    test("a bad item of the queue blocks no other, another till's is never sent", () => {
      const till = shop.till();
      const put = (name, text) => till.disk.files.set(`${FOLDER}\\queue\\${name}.json`, text);
      till.disk.folders.add(FOLDER).add(`${FOLDER}\\queue`);
      put("1", "{half");
      put("2", JSON.stringify({ node: 99, path: "/cashier/receipt", body: { total_amount: 1 } }));
      put("3", JSON.stringify({ node: 1, path: "/cashier/sale", body: { client_phone: phone, total_amount: "x" } }));
      assert.ok(sell(till, phone, 100, "0"));
      assert.deepEqual(till.queue, []);
      assert.deepEqual(only(till), [[10_000, 0]]);
      assert.equal(till.disk.in(`${FOLDER}\\refused`).length, 1);
      assert.equal(till.disk.in(`${FOLDER}\\foreign`).length, 2);
    });

    test("a sale, a return, money in and out are told apart", () => {
      const till = shop.till();
      for (const operation of [4, 5, 14]) {
        const before = shop.network.arrived.length;
        till.open(operation);
        till.add(100);
        assert.ok(till.close());
        assert.equal(shop.network.arrived.length, before);
      }
      assert.deepEqual(only(till), []);
    });

    test("goods come back: half, then the other half; a shortage is told to the diram", async () => {
      const buyer = shop.phones.at(-1);
      const till = shop.till();
      const before = await shop.balance(buyer);
      const sold = sell(till, buyer, 200, "0");
      for (const _ of [1, 2]) {
        till.open(1);
        till.paper.baseDocument = sold;
        till.add(100);
        till.client(buyer);
        sold.rows[0].price = 200;
        assert.ok(till.close());
      }
      assert.equal(await shop.balance(buyer), before);
      shop.verify();
    });

    test("a check without a client is counted once", () => {
      const till = shop.till();
      till.open();
      till.add(77);
      assert.ok(till.close());
      const receipts = shop.server.rows(`SELECT total_dirams AS total FROM receipts WHERE external_receipt_id LIKE '1-1-7-${till.number}-%'`);
      assert.deepEqual(receipts, [{ total: 7_700 }]);
    });

    test("an unknown phone is registered, also from the queue", () => {
      const till = shop.till();
      assert.ok(sell(till, "911000001", 100, "0"));
      shop.network.break("down");
      assert.ok(sell(till, "911000002", 100));
      shop.network.repair();
      till.rest();
      till.session();
      assert.deepEqual(shop.sales(till).map((sale) => sale.phone), ["+992911000001", "+992911000002"]);
    });

    test("the file of another till is told", () => {
      const disk = shop.till().disk;
      const other = shop.till({ cashier: 1, disk });
      assert.match(other.messages.join("\n"), /этот компьютер работал кассой 1/);
      const copied = shop.till({ computer: "ANOTHER-PC" });
      assert.match(copied.messages.join("\n"), /привязана к другому компьютеру/);
    });

    test("started twice, or beside another script, it binds once", () => {
      const till = shop.till();
      till.script.init();
      till.script.bonexInit();
      assert.ok(sell(till, phone, 100, "0"));
      assert.deepEqual(only(till), [[10_000, 0]]);
    });

    test("one setting switches it off", () => {
      const till = shop.till({ edit: (script) => script.replace("var BONEX_ENABLED = true", "var BONEX_ENABLED = false") });
      const before = shop.network.arrived.length;
      till.open();
      till.add(100);
      till.client(phone, "20");
      assert.ok(till.close());
      assert.equal(shop.network.arrived.length, before);
    });

    test("bonuses as a discount: rows carry them to the diram, none below zero", () => {
      const edit = (script) => script.replace('BONEX_REDEEM_MODE = "payment_type"', 'BONEX_REDEEM_MODE = "discount"');
      const till = shop.till({ edit });
      till.open();
      for (const price of [33.33, 33.33, 33.34]) till.add(price);
      till.client(phone, "10");
      assert.equal(till.paper.sumWithDiscs, 90);
      for (const row of till.paper.rows) assert.ok(row.discount >= 0 && row.discount <= row.price);
      assert.ok(till.close());
      assert.deepEqual(only(till), [[9_000, 1_000]]);
      const [sale] = shop.server.rows("SELECT gross_dirams AS gross, redeem_mode AS mode FROM sales ORDER BY id DESC LIMIT 1");
      assert.deepEqual(sale, { gross: 10_000, mode: "discount" });
    });

    test("the log has no key and no whole phone, and it turns over", () => {
      const till = shop.till();
      sell(till, phone, 100, "0");
      assert.match(till.log, /POST \/cashier\/sale -> 201/);
      for (const secret of [shop.tenantToken, shop.demo.cashiers[0].token, phone.slice(1)]) assert.ok(!till.log.includes(secret));
      till.disk.files.set(`${FOLDER}\\bonex.log`, "x".repeat(300_000));
      sell(till, phone, 100, "0");
      assert.ok(till.log.length < 10_000);
      assert.ok(till.disk.files.has(`${FOLDER}\\bonex.log.1`));
    });
  });
}
