// A phone or tablet without a camera.

import { expect, test } from "../../till.js";

test.use({ permissions: ["camera"] });

test("the scanner says that there is no camera and offers typing", async ({ cashier, demo }) => {
  await cashier.key("65");
  await cashier.press("Сканировать");
  await expect(cashier.page.getByRole("dialog").getByRole("status")).toContainText(
    "Камера не найдена.",
  );
  await cashier.press("Ввести вручную");
  await cashier.key(demo.clients[15].phone.replace("+992", ""));
  await expect(cashier.client).toContainText(demo.clients[15].full_name);
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Продажа записана");
});
