// Steps of a person in the cashier's screens, shared by the specs, the benchmark and the pictures.

/** Opens the cashier and enters a demo till's tokens. */
export async function signIn(page, demo, till = 0) {
  await page.goto("/cash");
  await enterTokens(page, demo.tenant_token, demo.cashiers[till].token);
  await page.locator("input[name=tenant]").waitFor({ state: "detached" });
}

/** Opens the fields of the two tokens. They are open already if tokens were refused. */
export async function openTokens(page) {
  const tokens = page.locator(".enter details");
  await tokens.waitFor();
  if ((await tokens.getAttribute("open")) === null) await tokens.locator("summary").click();
}

/** Enters the two tokens and sends them. */
export async function enterTokens(page, tenant, cashier) {
  await openTokens(page);
  await page.locator("input[name=tenant]").fill(tenant);
  await page.locator("input[name=cashier]").fill(cashier);
  await page.locator("form .button-main").click();
}

/** Waits until the page is ready. Returns the moment in milliseconds since its navigation began. */
export async function untilReady(page) {
  await page.locator("html[data-ready=true]").waitFor({ state: "attached", timeout: 60_000 });
  return page.evaluate(() => performance.getEntriesByName("bonex:ready")[0].startTime);
}

/** Waits until the page works without a network. */
export async function untilKept(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
}

/** Finds a client by phone and types an amount on the page's keypad: `350` is 350 somoni. */
export async function startSale(page, phone, digits) {
  await page.locator(".phone-digits").fill(phone);
  await page.locator(".phone-digits").waitFor({ state: "detached" });
  for (const digit of digits) await page.locator(".keypad").getByRole("button", { name: digit, exact: true }).click();
}
