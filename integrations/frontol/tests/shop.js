// A shop with a real server, for the tests of the script.

import { startServer } from "../../../end2end/server.js";
import { Network } from "./network.js";
import { Till, scriptOf } from "./till.js";

/** The engines that the tests run on. */
export const ENGINES = process.env.BONEX_TEST_POSTGRES ? ["sqlite", "postgres"] : ["sqlite"];

export class Shop {
  #numbers = 0;

  static async open(engine) {
    const shop = new Shop();
    shop.server = await startServer({
      engine,
      env: { BONEX_CASHIER_REQUESTS_PER_MINUTE: "1000000", RUST_LOG: "warn" },
    });
    const demo = shop.server.provisionDemo();
    Object.assign(shop, { demo, tenantToken: demo.tenant_token, phones: demo.clients.map(({ phone }) => phone) });
    shop.network = new Network();
    return shop;
  }

  /** Returns a till of the shop with a new disk and settings changed by `edit`. */
  till({ cashier = 0, edit = (script) => script, ...options } = {}) {
    const { id, token, name } = this.demo.cashiers[cashier];
    this.network.repair();
    // Numbers go on, as a till's do.
    this.#numbers += 1000;
    return new Till({
      network: this.network,
      script: edit(scriptOf(this.server.address, { tenantToken: this.tenantToken, token, id, name })),
      computer: `KASSA-${cashier}`,
      number: this.#numbers,
      ...options,
    });
  }

  /** Returns the sales of a till that count, recorded by this test: phone, total and bonuses. */
  sales(till) {
    const first = Math.floor(till.number / 1000) * 1000;
    return this.server
      .rows(
        `SELECT external_sale_id AS id, phone, total_dirams AS total, redeemed_dirams AS redeemed, sales.client_id
         FROM sales JOIN clients ON clients.tenant_id = sales.tenant_id AND clients.id = sales.client_id
         WHERE voided_by IS NULL AND external_sale_id LIKE '1-1-7-%' ORDER BY sales.id`,
      )
      .filter(({ id }) => Math.floor(Number(id.split("-")[3]) / 1000) * 1000 === first);
  }

  /** Returns the balance of a client, in dirams. */
  async balance(phone) {
    const [{ balance }] = this.server.rows(`SELECT balance_dirams AS balance FROM clients WHERE phone = '${phone}'`);
    return balance;
  }

  /** Throws unless the ledger is what its entries say. */
  verify() {
    const said = this.server.command("verify-ledger");
    if (!said.includes("differences 0")) throw new Error(said);
  }

  async close() {
    await this.network.close();
    await this.server.stop();
  }
}
