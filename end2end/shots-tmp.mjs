import { chromium } from "@playwright/test";
import { launchOptions } from "./browser.js";
import { signInAsAdmin } from "./admin.js";
import { join, addTill, signIn } from "./panel.js";
import { startServer } from "./server.js";
const server = await startServer({});
const demo = server.provisionDemo();
const browser = await chromium.launch(launchOptions());
const context = await browser.newContext({ baseURL: server.address, locale: "ru-RU", viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
await signInAsAdmin(page, server, "anvar");
const shot = async (name, path, sizes = [[1280, "light"], [360, "light"]]) => {
  for (const [width, scheme] of sizes) {
    await page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
    await page.emulateMedia({ colorScheme: scheme });
    if (path) await page.goto(path);
    await page.screenshot({ path: `/tmp/stores-shots/${name}-${width}-${scheme}.png`, fullPage: true });
  }
};
const all = [[1280, "light"], [1280, "dark"], [360, "light"], [360, "dark"]];
const names = [["Фаровон", "10", "Душанбе, проспект Рудаки 12"], ["Баракат", "3", "Бохтар, Вахш 3"], ["Навбаҳор", "2", "Турсунзаде"], ["Зарафшон", "3", "Пенджикент, Садриддин Айнӣ 1"]];
for (const [name, paid, address] of names) {
  await page.goto("/admin/stores/new");
  await page.getByLabel("Название").fill(name);
  await page.getByLabel("Сколько касс оплачено").fill(paid);
  await page.getByLabel("Первый филиал").fill("Главный");
  await page.getByLabel("Город и адрес").fill(address);
  await page.getByLabel("Имя владельца").fill("Фирӯз Каримов");
  await page.getByRole("button", { name: "Открыть магазин" }).click();
  if (name === "Фаровон") {
    await shot("opened", null, all);
    const link = await page.locator(".code").innerText();
    const other = await (await browser.newContext({ baseURL: server.address, locale: "ru-RU" })).newPage();
    await join(other, link, { login: "firuz", password: "верная лошадь батарея" });
    await addTill(other, "Касса 1");
    await addTill(other, "Касса 2");
  }
}
const stores = server.rows("SELECT id, name FROM tenants ORDER BY id");
const id = (name) => stores.find((store) => store.name === name).id;
server.write(`UPDATE tenants SET suspended_at = ${Date.now() * 1000 - 86400e6 * 5}, suspended_by = 'Анвар Саидов', suspended_for = 'Не оплачен июнь' WHERE id = ${id("Зарафшон")}`);
const demoId = stores[0].id;
const till = server.rows(`SELECT id FROM cashier_nodes WHERE tenant_id = ${demoId} ORDER BY id LIMIT 1`)[0].id;
await shot("list", "/admin", all);
await shot("none", "/admin?q=нет+такого");
await shot("new", "/admin/stores/new", all);
await shot("store", `/admin/stores/${demoId}`, all);
await shot("suspended", `/admin/stores/${id("Зарафшон")}`);
await shot("edit", `/admin/stores/${demoId}/edit`);
await shot("suspend", `/admin/stores/${demoId}/suspend`, all);
await shot("new-key", `/admin/stores/${demoId}/tills/${till}/new-key`);
await page.goto(`/admin/stores/${demoId}/tills/${till}/unbind`);
await page.getByLabel("Причина").fill("Сломался телефон, звонил владелец");
await page.getByRole("button", { name: "Сбросить привязку" }).click();
await shot("after-act", null);
await signIn(page, demo.panel);
await shot("panel-tills", "/panel/tills");
await shot("panel-journal", "/panel/journal");
server.write(`UPDATE tenants SET suspended_at = ${Date.now() * 1000}, suspended_for = 'Не оплачен июнь'`);
await shot("panel-suspended", "/panel", all);
await browser.close();
await server.stop();
