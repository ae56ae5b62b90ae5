// Signing out wipes what the device keeps, and waits while entries are not sent.
const NAME = "pourtous-terrain";

async function unsent() {
  if (!indexedDB.databases || !(await indexedDB.databases()).some((one) => one.name === NAME)) return [];
  const base = await new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  if (!base.objectStoreNames.contains("entries")) { base.close(); return []; }
  const found = await new Promise((resolve, reject) => {
    const asked = base.transaction("entries").objectStore("entries").getAll();
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  base.close();
  return found.filter((row) => row.state !== "sent");
}

async function wipe() {
  await new Promise((done) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });
  for (const name of await caches.keys()) if (name.startsWith("pourtous-terrain")) await caches.delete(name);
  new BroadcastChannel("pourtous-terrain").postMessage("gone");
}

for (const form of document.querySelectorAll("form[data-leave]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if ((await unsent()).length) { location.assign(form.dataset.leave); return; }
    await wipe();
    form.submit();
  });
}
