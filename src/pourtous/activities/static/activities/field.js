// The page for the road: today's agenda and entry of activities, with or without network.
const road = document.querySelector("[data-road]");
const store = await import(new URL(road.dataset.store, location.href));
const form = document.querySelector("[data-form]");
const word = (name) => road.dataset[`word${name[0].toUpperCase()}${name.slice(1)}`];
const one = (name, within = document) => within.querySelector(`[data-${name}]`);
const copy = (name) => one(name).content.firstElementChild.cloneNode(true);
const channel = new BroadcastChannel("pourtous-terrain");
const BATCH = 20; // entries a request
const PEOPLE = 8; // shown as words to tap

let owner, locked = true, csrf = "", editing = "", isOnline = false;

function dayHere() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

// --- The form: emptied, filled, read.

function emptied() {
  form.reset();
  for (const name of ["appointment", "session", "seen"]) form.elements[name].value = "";
  form.elements.id.value = crypto.randomUUID();
  form.elements.day.value = dayHere();
  editing = "";
  one("problem").hidden = true;
  form.dispatchEvent(new Event("filled"));
}

function ensure(name, value) {
  const found = [...form.querySelectorAll(`[name="${name}"]`)].find((input) => input.value === value);
  if (found || !/^(who|persons|where|minutes|topics|equipment|procedures|tags)$/.test(name) || !value) return found;
  const box = form.querySelector(`[name="${name}"]`)?.closest(".chips");
  if (!box) return undefined;
  return pick(box, name, value, value);
}

function pick(box, name, value, label) {
  const made = copy("person");
  const input = made.querySelector("input");
  Object.assign(input, { name, value, type: name === "persons" || name === "topics" ? "checkbox" : "radio" });
  one("label", made).textContent = label;
  box.prepend(made);
  return input;
}

function fill(start) {
  for (const [name, value] of Object.entries(start)) {
    for (const single of Array.isArray(value) ? value : [value]) {
      const fields = form.querySelectorAll(`[name="${name}"]`);
      if (fields[0] && !["radio", "checkbox"].includes(fields[0].type)) fields[0].value = single;
      else if (fields[0]?.type === "checkbox" && typeof single === "boolean") fields[0].checked = single;
      else { const input = ensure(name, String(single)); if (input) input.checked = true; }
    }
  }
  for (const box of form.querySelectorAll("details:not(.entry__where)")) {
    box.open ||= Boolean(box.querySelector(".pick__input:checked:not([value=''])"));
  }
  form.dispatchEvent(new Event("filled"));
}

const typed = () => [...new FormData(form)].filter(([, value]) => typeof value === "string" && value !== "");

function start(given) {
  emptied();
  fill(given);
  form.scrollIntoView();
  form.querySelector("[name=kind]:checked")?.focus({ preventScroll: true });
}

// --- What an entry is called in the list.

const spoken = (day) => day && new Date(`${day}T12:00`).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" });

function described(pairs) {
  const get = (name) => pairs.find(([n]) => n === name)?.[1] ?? "";
  const label = (name, value) => value && [...form.querySelectorAll(`[name="${name}"]`)].find((i) => i.value === value)?.closest("label")?.innerText.trim() || value || "";
  const many = get("kind") === "collectif";
  const count = Number(get("anonymous_count") || 0) + pairs.filter(([n]) => n === "persons").length;
  const who = many ? get("title") || word("participants").replace("#", count) : get("other_words") || label("who", get("who"));
  const topics = pairs.filter(([n]) => n === "topics").map(([, v]) => label("topics", v));
  return { who: who || word("nobody"), text: [spoken(get("day")), topics.join(", "), label("minutes", get("minutes"))].filter(Boolean).join(" · ") };
}

// --- Showing.

async function show() {
  const state = await store.state();
  const waiting = (await store.rows()).filter((row) => row.state !== "sent");
  const mine = waiting.filter((row) => row.owner === owner);
  one("others").hidden = waiting.length === mine.length;
  one("locked").hidden = !locked || !state.owner;
  const count = mine.length ? word(mine.length === 1 ? "one" : "many").replace("#", mine.length) : "";
  one("state-words").textContent = isOnline ? count || word("online") : `${word("offline")} ${count || word("none")}`;
  one("state").dataset.kind = isOnline && !count ? "ok" : "wait";
  await showQueue();
  await showDay();
}

async function showQueue() {
  const list = one("queue");
  list.replaceChildren();
  const found = locked || !owner ? [] : await store.entries(owner);
  one("queue-part").hidden = !found.length;
  for (const entry of found) list.append(line(entry));
}

const TONES = { here: "tag--sun", sent: "tag--ok", refused: "tag--bad", conflict: "tag--bad" };

function line(entry) {
  const made = copy("entry-line");
  const { who, text } = described(entry.fields);
  one("label", made).textContent = who;
  one("text", made).textContent = text;
  const tag = one("tag", made);
  tag.textContent = word(entry.state);
  tag.classList.add(TONES[entry.state]);
  made.dataset.entryState = entry.state;
  const sentence = one("sentence", made);
  sentence.hidden = !entry.sentence;
  sentence.textContent = entry.sentence ?? "";
  showTheirs(one("theirs", made), entry);
  one("acts", made).hidden = entry.state === "sent";
  one("instead", made).hidden = !(entry.state === "conflict" && entry.seen);
  one("change", made).addEventListener("click", () => { start({}); fillPairs(entry.fields); editing = entry.id; form.elements.id.value = entry.id; });
  one("drop", made).addEventListener("click", async () => { await store.remove(entry.id); await show(); });
  one("instead", made).addEventListener("click", async () => {
    await store.put(owner, { ...entry, state: "here", sentence: "", theirs: [], instead_of: entry.seen });
    await send();
  });
  return made;
}

function showTheirs(box, entry) {
  box.hidden = !entry.theirs?.length;
  for (const [label, value] of entry.theirs ?? []) {
    box.append(Object.assign(document.createElement("dt"), { textContent: label }), Object.assign(document.createElement("dd"), { textContent: value }));
  }
}

function fillPairs(pairs) {
  const grouped = {};
  for (const [name, value] of pairs) (grouped[name] ??= []).push(value);
  fill(grouped);
}

async function showDay() {
  const day = locked || !owner ? undefined : await store.kept(owner, "day").catch(() => undefined);
  const isToday = day?.today === dayHere();
  one("day-part").hidden = !isToday;
  one("ways-part").hidden = !day?.ways.length;
  one("agenda").replaceChildren(...(isToday ? day.agenda.map(booked) : []));
  one("no-agenda").hidden = !isToday || day.agenda.length > 0;
  one("ways").replaceChildren(...(day?.ways ?? []).map(way));
  showPeople(day?.people ?? []);
}

function booked(item) {
  const made = copy("line");
  for (const name of ["hour", "label", "text"]) one(name, made).textContent = item[name];
  one("use", made).hidden = item.done;
  one("done-tag", made).hidden = !item.done;
  one("use", made).addEventListener("click", () => start(item.start));
  return made;
}

function way(item) {
  const made = copy("way");
  one("label", made).textContent = item.title;
  one("text", made).textContent = item.text;
  one("use", made).addEventListener("click", () => start(item.start));
  return made;
}

function showPeople(people) {
  const chosen = new Set([...form.querySelectorAll("[name=who]:checked, [name=persons]:checked")].map((i) => i.value));
  form.querySelectorAll("[data-of-people]").forEach((e) => e.remove());
  const boxes = { who: form.querySelector("[name=who]").closest(".chips"), persons: one("persons-box") };
  for (const [name, box] of Object.entries(boxes)) {
    for (const person of people.slice(0, PEOPLE).reverse()) {
      const input = pick(box, name, person.code, person.label);
      input.closest("label").dataset.ofPeople = "";
      input.checked = chosen.has(person.code);
    }
  }
  one("people-list").replaceChildren(...people.map((p) => Object.assign(new Option(p.label, p.code))));
}

// --- Talking to the server: only what it answered counts as sent.

async function ask() {
  const answer = await fetch(road.dataset.url, { redirect: "manual", headers: { Accept: "application/json" } });
  if (answer.type === "opaqueredirect" || answer.status === 404) { await lock(); return undefined; }
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function lock() {
  isOnline = true;
  locked = true;
  await store.setState({ ...(await store.state()), until: 0 });
}

async function refresh() {
  try {
    const { csrf: token, who, until, ...day } = (await ask()) ?? {};
    if (who) {
      [owner, csrf, locked, isOnline] = [who, token, false, true];
      one("csrf").value = token;
      await store.setState({ owner: who, until: Date.parse(until) });
      await store.keep(owner, "day", day);
    }
  } catch { isOnline = false; }
}

async function send() {
  await (navigator.locks ?? { request: (_n, act) => act() }).request("pourtous-terrain-envoi", async () => {
    await refresh();
    if (locked || !isOnline) return;
    const waiting = (await store.entries(owner)).filter((entry) => entry.state === "here");
    for (let at = 0; at < waiting.length && isOnline; at += BATCH) await sendSome(waiting.slice(at, at + BATCH));
    if (waiting.length && isOnline) await refresh();
  });
  await show();
}

async function sendSome(some) {
  const body = JSON.stringify({ who: owner, entries: some.map(({ id, fields, instead_of }) => ({ id, fields, instead_of })) });
  try {
    const answer = await fetch(road.dataset.send, { method: "POST", body, redirect: "manual", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf } });
    if (answer.type === "opaqueredirect") { await lock(); return; }
    if (!answer.ok) return;
    const { answers } = await answer.json();
    for (const said of answers) await settle(some.find((entry) => entry.id === said.id), said);
  } catch { isOnline = false; }
}

async function settle(entry, said) {
  const states = { stored: "sent", refused: "refused", conflict: "conflict" };
  const still = entry && (await store.rows()).find((row) => row.id === entry.id);
  // Changed or erased while it was on its way: what is on the device now is sent next time.
  if (!still || still.at !== entry.at || !states[said.state]) return;
  await store.put(owner, { ...entry, state: states[said.state], sentence: said.sentence, theirs: said.theirs, seen: said.seen });
}

// --- What one does.

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = typed().filter(([name]) => !["id", "seen", "csrfmiddlewaretoken"].includes(name));
  const lacks = problem(fields);
  const box = one("problem");
  box.hidden = !lacks;
  if (lacks) { box.textContent = lacks; box.scrollIntoView(); return; }
  if (!owner) { location.assign(road.dataset.signIn); return; }
  try {
    await store.put(owner, { id: form.elements.id.value, state: "here", at: Date.now(), fields });
    await store.drop(owner, "draft");
  } catch { box.textContent = word("full"); box.hidden = false; return; }
  one("done").textContent = word("here");
  emptied();
  scrollTo(0, 0);
  await show();
  await send();
});

// The two things that are forgotten; the rest is judged where it arrives, and nothing is lost.
function problem(fields) {
  const said = new Set(fields.map(([name]) => name));
  if (!said.has("topics")) return form.querySelector("[data-need-topics]").dataset.needTopics;
  if (!said.has("minutes")) return form.querySelector("[data-need-minutes]").dataset.needMinutes;
  return "";
}

let saving;
form.addEventListener("input", () => {
  clearTimeout(saving);
  saving = setTimeout(() => { if (owner && !locked) store.keep(owner, "draft", { editing, fields: typed() }).catch(() => {}); }, 400);
});

async function leave() {
  const asked = one("out");
  await store.wipe(owner);
  for (const name of await caches.keys()) if (name.startsWith("pourtous-terrain")) await caches.delete(name);
  channel.postMessage("gone");
  asked.submit();
}

one("out").addEventListener("submit", async (event) => {
  event.preventDefault();
  const left = (await store.rows()).filter((row) => row.owner === owner && row.state !== "sent");
  if (!left.length && isOnline && csrf) return leave();
  one("leaving").hidden = false;
  one("leaving").focus();
  return undefined;
});
one("stay").addEventListener("click", () => { one("leaving").hidden = true; });
one("send-and-leave").addEventListener("click", async () => {
  await send();
  const left = (await store.rows()).filter((row) => row.owner === owner && row.state !== "sent");
  if (left.length || !isOnline || locked) { one("leave-failed").hidden = false; return; }
  await leave();
});
one("erase-and-leave").addEventListener("click", async () => {
  await refresh();
  if (isOnline && csrf) await leave(); else one("leave-failed").hidden = false;
});
one("send-now").addEventListener("click", send);
addEventListener("online", send);
addEventListener("offline", async () => { isOnline = false; await show(); });
channel.addEventListener("message", ({ data }) => { if (data === "gone") location.reload(); });

// --- Opening.

const known = await store.state().catch(() => ({}));
owner = known.owner;
locked = !known.owner || Date.now() >= (known.until ?? 0);
for (const row of await store.rows()) if (row.state === "sent" && new Date(row.at).toDateString() !== new Date().toDateString()) await store.remove(row.id);
emptied();
const draft = locked ? undefined : await store.kept(owner, "draft").catch(() => undefined);
await show();
if (draft?.fields.some(([name]) => ["topics", "notes", "title", "other_words"].includes(name))) {
  fillPairs(draft.fields);
  editing = draft.editing;
}
if (new URLSearchParams(location.search).has("depart")) one("leaving").hidden = false;
road.dataset.ready = "";
await send();
// Only what waits is tried again: a page left open must not keep a session alive.
setInterval(async () => {
  if (!document.hidden && (await store.rows()).some((row) => row.state === "here" && row.owner === owner)) await send();
}, 30_000);
navigator.serviceWorker?.register(road.dataset.worker).then((registration) => registration.update()).catch(() => {});
