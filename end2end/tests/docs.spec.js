// The API's documentation, as an integrator opens it.

import { expect, test } from "../fixtures.js";

test("shows every operation of the API document", async ({ page, request }) => {
  const { paths } = await (await request.get("/api/v1/openapi.json")).json();
  expect(Object.keys(paths).length).toBeGreaterThan(0);
  await page.goto("/api/docs");
  for (const path of Object.keys(paths)) {
    await expect(page.locator("body")).toContainText(path);
  }
});
