// Substitutes for what this machine's camera and browser lack: a light, a zoom, and the browser's
// own detector.

import { expectAccessible } from "../../fixtures.js";
import { expect, test } from "../../till.js";

test.use({ permissions: ["camera"] });

/** Replaces the camera by a moving, empty picture. Its track records the settings it receives. */
async function standIn(page) {
  await page.addInitScript(() => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 640, height: 480 });
    const context = canvas.getContext("2d");
    setInterval(() => context.fillRect(Math.random() * 640, 0, 9, 9), 50);
    navigator.mediaDevices.getUserMedia = async () => {
      const stream = canvas.captureStream(10);
      const [track] = stream.getTracks();
      window.asked = [];
      track.getCapabilities = () => ({ torch: true, zoom: { min: 1, max: 4, step: 0.5 } });
      track.getSettings = () => ({ zoom: 1.5 });
      track.applyConstraints = async ({ advanced: [constraints] }) => void window.asked.push({ ...constraints });
      return stream;
    };
  });
}

/** Gives the browser a detector for `formats` that finds `codes`. */
async function detect(page, formats, codes) {
  await page.addInitScript(
    ([formats, codes]) => {
      window.BarcodeDetector = class {
        static getSupportedFormats = async () => formats;
        constructor(options) {
          window.detectorFormats = options.formats;
        }
        detect = async () => codes.map((rawValue) => ({ rawValue }));
      };
    },
    [formats, codes],
  );
}

const workers = (page) => page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /\/pkg\/scanner/.test(name)).length);

test("the light and the zoom of a camera can be used", async ({ page, cashier }) => {
  await standIn(page);
  await page.reload();
  await cashier.press("Сканировать");
  const zoom = page.getByRole("slider", { name: "Приближение" });
  await expect(zoom).toHaveValue("1.5");
  expect(await zoom.evaluate(({ min, max, step }) => [min, max, step])).toEqual(["1", "4", "0.5"]);

  await expectAccessible(page);
  await cashier.press("Фонарик");
  await expect(cashier.button("Фонарик")).toHaveAttribute("aria-pressed", "true");
  await zoom.fill("2.5");
  await cashier.press("Фонарик");
  // Each setting is sent with all others, because a camera forgets settings that are not repeated.
  await expect
    .poll(() => page.evaluate(() => window.asked))
    .toEqual([{ torch: true }, { torch: true, zoom: 2.5 }, { torch: false, zoom: 2.5 }]);

  // The camera stays open for the next client, but its light is switched off.
  await cashier.press("Фонарик");
  await cashier.close();
  await expect.poll(() => page.evaluate(() => window.asked.at(-1))).toEqual({ torch: false, zoom: 2.5 });
  await cashier.press("Сканировать");
  await expect(cashier.button("Фонарик")).toHaveAttribute("aria-pressed", "false");
});

test("a browser's detector that reads QR codes is used alone", async ({ page, cashier, demo }) => {
  await standIn(page);
  await detect(page, ["aztec", "ean_13", "qr_code"], [demo.clients[0].phone]);
  await page.reload();
  await cashier.press("Сканировать");
  await expect(cashier.client).toContainText(demo.clients[0].full_name);
  expect(await page.evaluate(() => window.detectorFormats)).toEqual(["qr_code", "ean_13"]);
  expect(await workers(page)).toBe(0);
});

test("of several codes in a frame the first that names a client is used", async ({ page, cashier, demo }) => {
  await standIn(page);
  await detect(page, ["qr_code"], [demo.clients[0].card_number, "4601234567893", demo.clients[1].phone]);
  await page.reload();
  await cashier.press("Сканировать");
  await expect(cashier.client).toContainText(demo.clients[0].full_name);
  await expect(cashier.notice).toHaveCount(0);
});

test("the page's decoder is loaded if the browser's finds nothing or reads no QR codes", async ({ page, cashier }) => {
  await standIn(page);
  await detect(page, ["qr_code"], []);
  await page.reload();
  await cashier.press("Сканировать");
  await expect.poll(() => workers(page)).toBeGreaterThan(0);

  await detect(page, ["ean_13"], ["2000100001233"]);
  await page.reload();
  await cashier.press("Сканировать");
  await expect.poll(() => workers(page)).toBeGreaterThan(0);
  expect(await page.evaluate(() => window.detectorFormats)).toBeUndefined();
});

test.describe("without the files of the service worker", () => {
  test.use({ serviceWorkers: "block" });

  test("if the decoder cannot be loaded, a message says so and offers typing", async ({ page, cashier, expectedErrors }) => {
    expectedErrors.push(/ERR_FAILED/, /Service Worker registration blocked/);
    await standIn(page);
    await page.addInitScript(() => delete window.BarcodeDetector);
    await page.reload();
    await page.route("**/pkg/scanner*", (route) => route.abort());
    await cashier.press("Сканировать");
    const sheet = page.getByRole("dialog", { name: "Сканер" });
    await expect(sheet.getByRole("status")).toHaveText("Сканер не загрузился: нет связи.");
    await expect(cashier.button("Ввести вручную")).not.toHaveClass(/button-quiet/);
    await expectAccessible(page);
    await cashier.press("Ввести вручную");
    await cashier.key("90");
    await expect(page.getByLabel("Телефон клиента")).toHaveValue("90");
  });
});

test("codes of goods and other codes are reported as not a card", async ({ page, cashier }) => {
  await standIn(page);
  await detect(page, ["ean_13", "qr_code"], ["4006381333931"]);
  await page.reload();
  await cashier.press("Сканировать");
  const status = page.getByRole("dialog", { name: "Сканер" }).getByRole("status");
  await expect(status).toContainText("Это не телефон и не карта Bonex: 4006381333931");
  await detect(page, ["ean_13", "qr_code"], ["https://shop.example/menu"]);
  await page.reload();
  await cashier.press("Сканировать");
  await expect(status).toContainText("Это не телефон и не карта Bonex: https://shop.example/menu");
});

test("a client's link and contact are read", async ({ page, cashier, demo }) => {
  const { phone, full_name } = demo.clients[0];
  await standIn(page);
  for (const code of [`https://wa.me/${phone.slice(1)}`, `BEGIN:VCARD\nVERSION:3.0\nTEL;TYPE=CELL:${phone}\nEND:VCARD`]) {
    await detect(page, ["ean_13", "qr_code"], [code]);
    await page.reload();
    await cashier.press("Сканировать");
    await expect(cashier.client).toContainText(full_name);
    // A reload would restore the client.
    await cashier.press("Убрать клиента");
  }
});
