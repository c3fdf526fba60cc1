// The service worker, which keeps the cashier's page for use without a network. The server writes
// BUILD above this text: a version and the names of its files.

const CACHE = `bonex-cash-${BUILD.version}`;
const SHELL = "/cash";
// The longest waits for the server's page and for a cache, and the delay before a background
// update, so that the start of the till goes first.
const [SERVER_MS, CACHE_MS, START_MS] = [2500, 1000, 3000];

addEventListener("install", (event) => event.waitUntil(install()));

// A new version takes over only when the page asks for it: between two sales.
addEventListener("message", (event) => {
  if (event.data === "skip-waiting") skipWaiting();
});

addEventListener("activate", (event) => event.waitUntil(forgetOtherBuilds()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === SHELL) event.respondWith(page(event));
  } else if (pathname.includes("/pkg/")) {
    event.respondWith(file(request, pathname));
  }
});

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(BUILD.files.map((name) => keepFile(cache, name)));
  if (!(await keepShell(await fetch(SHELL)))) throw new Error("the server has a different build now");
  // The cashier works without its own scanner, so a failure to store the scanner does not fail the
  // installation.
  await Promise.all(BUILD.scanner.map((name) => keepFile(cache, name))).catch(() => {});
}

async function keepFile(cache, name) {
  const answer = await fetch(name);
  if (!isFile(answer)) throw new Error(`${name} cannot be loaded`);
  await cache.put(name, answer);
}

// A network may answer at our addresses with its own page: a captive portal, a blocked site, a
// broken proxy.
const isOurPage = (answer) => answer.ok && answer.headers.get("x-bonex-page") === "cash";
const isFile = (answer) => answer.ok && !(answer.headers.get("content-type") ?? "").startsWith("text/html");

async function forgetOtherBuilds() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith("bonex-cash-") && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
}

// The page of a build is the same for every till and every day, so the stored one is used. The
// server's page is fetched in the background for the next time; it is used at once if the page is
// reloaded or requested as `/cash?anew`.
async function page(event) {
  const { cache, url } = event.request;
  const found = caches.open(CACHE).then((cache) => cache.match(SHELL)).catch(() => {});
  const kept = Promise.race([found, pause(CACHE_MS)]);
  if (cache !== "no-cache" && !new URL(url).search && (await kept)) {
    event.waitUntil(pause(START_MS).then(() => fetch(SHELL)).then(keepShell).catch(() => {}));
    return kept;
  }
  const fresh = fetch(event.request);
  const renewed = fresh.then(keepShell).catch(() => {});
  event.waitUntil(renewed);
  const answer = await Promise.race([renewed.then(() => fresh).catch(() => {}), pause(SERVER_MS)]);
  if (answer && isOurPage(answer)) return answer;
  return (await kept) ?? fresh;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Stores a page of this build, in the language chosen last. A page of another build needs other
// files.
async function keepShell(answer) {
  const [read, kept] = [answer.clone(), answer.clone()];
  const html = await read.text();
  const ours = isOurPage(answer) && BUILD.files.every((name) => html.includes(name));
  if (ours) await (await caches.open(CACHE)).put(SHELL, kept);
  return ours;
}

// The name of a file identifies its content, so a stored file is never requested again.
async function file(request, pathname) {
  const kept = await caches.match(pathname, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (isFile(answer) && BUILD.scanner.includes(pathname)) {
    const copy = answer.clone();
    caches.open(CACHE).then((cache) => cache.put(pathname, copy)).catch(() => {});
  }
  return answer;
}
