// The documentation of the API, as a developer opens it.

import { expect, test } from "../fixtures.js";

test("the documentation shows every path of the API document", async ({ page, request }) => {
  const { paths } = await (await request.get("/api/v1/openapi.json")).json();
  expect(Object.keys(paths).length).toBeGreaterThan(0);
  await page.goto("/api/docs");
  for (const path of Object.keys(paths)) {
    await expect(page.locator("body")).toContainText(path);
  }
});
