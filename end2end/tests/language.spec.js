// The server chooses the language of a page, and the program in the browser uses the same language.

import { expect, test } from "../fixtures.js";

/** Returns the `lang` of a page for a visitor with these headers. */
const languageOf = async (request, path, headers) => {
  const html = await (await request.get(path, { headers })).text();
  return html.match(/<html lang="(\w+)"/)[1];
};

test("the visitor's choice comes before the browser's languages, and Russian is the default", async ({ request }) => {
  for (const path of ["/", "/cash", "/no/such/page"]) {
    for (const [cookie, accepted, language] of [
      ["", "", "ru"],
      ["", "de-DE,de;q=0.9", "ru"],
      ["", "ru-RU,ru;q=0.9,tg;q=0.8", "ru"],
      ["", "tg-TJ,tg;q=0.9,ru;q=0.8", "tg"],
      ["", "en-GB,en;q=0.9", "en"],
      ["bonex_language=tg", "ru-RU", "tg"],
      ["bonex_language=ru", "tg,en", "ru"],
      ["bonex_language=nonsense", "en", "en"],
    ]) {
      const headers = { cookie, "accept-language": accepted };
      expect(await languageOf(request, path, headers), `${path} ${JSON.stringify(headers)}`).toBe(language);
    }
  }
});

for (const [locale, lead, ready] of [
  ["tg-TJ", "Барномаи бонусӣ барои мағозаҳо.", "Барои қабули фурӯш омода аст"],
  ["en-US", "A bonus programme for shops.", "Ready to take sales"],
]) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });

    test("the program in the page uses the language of the server's HTML", async ({ page }) => {
      await page.goto("/");
      await expect(page.getByRole("status")).toContainText(ready);
      await expect(page.locator(".lead")).toContainText(lead);
    });
  });
}
