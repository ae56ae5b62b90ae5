// What a device keeps for one mediator, encrypted with a key that cannot leave the browser. See docs/adr/0006.
const NAME = "pourtous-terrain";
const encoder = new TextEncoder();
const decoder = new TextDecoder();
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("keys");
      asked.result.createObjectStore("kept");
      asked.result.createObjectStore("entries", { keyPath: "id" });
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => { asked.result.close(); opened = undefined; };
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
  return opened;
}

// One transaction; resolves when it is on disk, not before.
async function run(store, mode, act) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const work = base.transaction(store, mode, { durability: "strict" });
    const asked = act(work.objectStore(store));
    work.oncomplete = () => resolve(asked?.result);
    work.onerror = work.onabort = () => reject(work.error);
  });
}

async function keyOf(owner) {
  const known = await run("keys", "readonly", (s) => s.get(owner));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Two tabs at once: the first key stays.
  await run("keys", "readwrite", (s) => s.add(made, owner)).catch(() => {});
  return run("keys", "readonly", (s) => s.get(owner));
}

async function seal(owner, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = encoder.encode(JSON.stringify(value));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(owner), text) };
}

async function unseal(owner, { iv, sealed }) {
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await keyOf(owner), sealed);
  return JSON.parse(decoder.decode(text));
}

// In clear: whose device it is now, and until when what it keeps may be shown.
export const state = async () => (await run("kept", "readonly", (s) => s.get("state"))) ?? {};
export const setState = (value) => run("kept", "readwrite", (s) => s.put(value, "state"));

export async function keep(owner, name, value) {
  const row = await seal(owner, value);
  await run("kept", "readwrite", (s) => s.put(row, `${owner}:${name}`));
}

export async function kept(owner, name) {
  const row = await run("kept", "readonly", (s) => s.get(`${owner}:${name}`));
  return row ? unseal(owner, row) : undefined;
}

export const drop = (owner, name) => run("kept", "readwrite", (s) => s.delete(`${owner}:${name}`));

// Entries: state "here", "sent", "refused" or "conflict"; all that was typed or answered is sealed.
export async function put(owner, entry) {
  const { id, state: now, at, ...rest } = entry;
  const row = { id, owner, state: now, at, ...(await seal(owner, rest)) };
  await run("entries", "readwrite", (s) => s.put(row));
}

export const remove = (id) => run("entries", "readwrite", (s) => s.delete(id));
export const rows = async () => (await run("entries", "readonly", (s) => s.getAll())) ?? [];

export async function entries(owner) {
  const mine = (await rows()).filter((row) => row.owner === owner).sort((a, b) => a.at - b.at);
  return Promise.all(mine.map(async (row) => (
    { id: row.id, state: row.state, at: row.at, ...(await unseal(owner, row)) })));
}

// What is left of an account: key, day, draft, entries, sent or not.
export async function wipe(owner) {
  for (const row of await rows()) if (row.owner === owner) await remove(row.id);
  for (const name of ["day", "draft"]) await drop(owner, name);
  await run("keys", "readwrite", (s) => s.delete(owner));
  await run("kept", "readwrite", (s) => s.delete("state"));
}
