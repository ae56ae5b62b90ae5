// What is typed stays in this tab until it is saved, and a wide screen shows the public page as one types.
const form = document.getElementById("place-form");
const pane = document.querySelector("[data-preview]");
const key = `place:${location.pathname}`;

function answers() {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (name !== "csrfmiddlewaretoken") (found[name] ??= []).push(value);
  }
  return found;
}

function same(a, b) { return JSON.stringify(a ?? []) === JSON.stringify(b ?? []); }

// Only the answers that were changed come back: what a colleague saved since then stands.
function restore(draft) {
  for (const name of new Set([...Object.keys(draft.before), ...Object.keys(draft.now)])) {
    if (same(draft.before[name], draft.now[name])) continue;
    const values = draft.now[name] ?? [];
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
  }
}

if (form) {
  const before = answers();
  const unsaved = form.querySelector("[data-unsaved]");
  const note = document.querySelector("[data-restored]");
  const forget = () => { sessionStorage.removeItem(key); sessionStorage.removeItem(`${key}:sent`); };
  const changed = () => {
    const now = answers();
    const isChanged = [...new Set([...Object.keys(before), ...Object.keys(now)])].some((n) => !same(before[n], now[n]));
    unsaved.hidden = !isChanged;
    if (isChanged) sessionStorage.setItem(key, JSON.stringify({ before, now })); else forget();
    if (pane?.offsetParent) pane.dispatchEvent(new Event("typed"));
  };
  if (sessionStorage.getItem(`${key}:sent`) && document.querySelector(".messages .alert--ok")) forget();
  sessionStorage.removeItem(`${key}:sent`);
  const draft = sessionStorage.getItem(key);
  if (draft && !("bound" in form.dataset)) {
    restore(JSON.parse(draft));
    note.hidden = false;
    changed();
  }
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "preview") sessionStorage.setItem(`${key}:sent`, "1");
  });
  note.querySelector("button").addEventListener("click", () => { forget(); form.reset(); location.reload(); });
}

// A session that is over answers with the page of sign-in: it is not the public page.
pane?.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseURL.endsWith(pane.getAttribute("hx-post"))) event.detail.shouldSwap = false;
});
