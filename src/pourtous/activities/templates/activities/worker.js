// The worker of the page for the road: it keeps the page and what draws it. Never data, never another page.
const CACHE = "pourtous-terrain-{{ version|escapejs }}";
const SHELL = "{{ shell|escapejs }}";
const ASSETS = [{% for asset in assets %}"{{ asset|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PATIENCE = 4000; // milliseconds a weak network is waited for

async function keepShell(cache) {
  const answer = await fetch(SHELL, { redirect: "manual" });
  if (answer.ok && answer.headers.get("{{ header|escapejs }}") === "{{ version|escapejs }}") await cache.put(SHELL, answer);
}

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then(async (cache) => {
    await cache.addAll(ASSETS);
    await keepShell(cache);
    await self.skipWaiting();
  }));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then(async (names) => {
    const kept = await (await caches.open(CACHE)).match(SHELL);
    const old = names.filter((name) => name.startsWith("pourtous-terrain-") && name !== CACHE);
    if (kept) await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  }));
});

async function fromNetwork(request) {
  const answer = await Promise.race([
    fetch(request),
    new Promise((_, refuse) => setTimeout(() => refuse(new Error("slow")), PATIENCE)),
  ]);
  if (answer.ok && answer.headers.get("{{ header|escapejs }}") === "{{ version|escapejs }}") {
    await (await caches.open(CACHE)).put(SHELL, answer.clone());
  }
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (url.pathname === SHELL) {
      event.respondWith(fromNetwork(request).catch(async () => (await caches.match(SHELL)) ?? Response.error()));
    } else {
      event.respondWith(fetch(request).catch(async () => (
        (await caches.match(SHELL)) ? Response.redirect(SHELL) : Response.error())));
    }
  } else if (ASSETS.includes(url.pathname)) {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});
