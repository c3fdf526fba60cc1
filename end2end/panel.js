// Steps of a person in the panel, shared by the specs.

import { expect } from "@playwright/test";
import { encode } from "uqr";

/** Signs in with a password, from any page. */
export async function signIn(page, { login, password }) {
  await page.goto("/panel/sign-in");
  await sendPassword(page, { login, password });
  await expect(page).toHaveURL(/\/panel$/);
}

/** Fills in the form of the sign-in that is open. */
export async function sendPassword(page, { login, password }) {
  await page.getByLabel("Логин").fill(login);
  await page.getByLabel("Пароль").fill(password);
  await page.getByRole("button", { name: "Войти" }).click();
}

/** Opens the link of an invitation and makes the account. */
export async function join(page, link, { login, password }) {
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Логин").fill(login);
  await page.getByLabel("Новый пароль", { exact: true }).fill(password);
  await page.getByLabel("Новый пароль ещё раз").fill(password);
  await page.getByRole("button", { name: "Сохранить и войти" }).click();
  await expect(page).toHaveURL(/\/panel$/);
}

/** Adds a till to the first branch, or to that of this name. Returns the path of its page. */
export async function addTill(page, name, branch) {
  await page.goto("/panel/tills/new");
  await page.getByLabel("Название").fill(name);
  if (branch) await page.getByLabel("Филиал").selectOption({ label: branch });
  await page.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  return new URL(page.url()).pathname;
}

/**
 * Presses «Показать код» on the page of a till. Returns the link of the QR code, the twelve signs
 * as they are written, and the rows of the code's modules.
 */
export async function showPairing(page, till) {
  await page.goto(till);
  await page.getByRole("button", { name: "Показать код" }).click();
  const modules = await modulesOf(page.getByRole("img", { name: "QR-код" }));
  const signs = await page.locator(".pair-code").innerText();
  const link = `${new URL(page.url()).origin}/cash#pair=${signs.replace(/\s/g, "")}`;
  expect(isCodeOf(modules, link), "the QR code contains the link").toBe(true);
  return { link, signs, modules };
}

/** Returns the rows of dark modules of a QR code, without its margin. */
async function modulesOf(image) {
  const side = Number((await image.getAttribute("viewBox")).split(" ")[2]);
  const path = await image.locator("path").getAttribute("d");
  const modules = Array.from({ length: side - 2 * MARGIN }, () => Array(side - 2 * MARGIN).fill(false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    modules[y - MARGIN].fill(true, x - MARGIN, Number(x) + Number(width) - MARGIN);
  }
  return modules;
}

const MARGIN = 4;

/** Returns whether these are the modules of a text, with any of the eight masks. */
function isCodeOf(modules, text) {
  const same = (maskPattern) => {
    const { data } = encode(text, { ecc: "M", border: 0, maskPattern });
    return JSON.stringify(data) === JSON.stringify(modules);
  };
  return [0, 1, 2, 3, 4, 5, 6, 7].some(same);
}
