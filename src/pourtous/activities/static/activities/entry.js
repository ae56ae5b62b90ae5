// The form of an activity: buttons that move a number by one. All works without.
for (const box of document.querySelectorAll("[data-count]")) {
  const input = box.querySelector("input");
  for (const button of box.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = (Number.parseInt(input.value, 10) || 0) + Number(button.dataset.step);
      input.value = Math.min(Math.max(next, Number(input.min)), Number(input.max));
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

// What a folded part says follows what is chosen in it.
for (const form of document.querySelectorAll("[data-entry]")) {
  const said = form.querySelector("[data-where]");
  const tell = () => {
    const place = form.elements.place_words.value || (form.querySelector("[name=where]:checked")?.closest("label").textContent.trim() ?? "");
    const commune = form.querySelector("[name=where][value=autre]:checked, [name=where][value=domicile]:checked") ? form.elements.commune.value : "";
    const day = form.elements.day.value;
    const style = { weekday: "long", day: "numeric", month: "long" };
    const when = day ? new Date(`${day}T12:00`).toLocaleDateString(document.documentElement.lang, style) : "";
    const words = [place, commune, when].filter(Boolean).join(", ");
    if (said && words) said.textContent = words;
  };
  for (const name of ["input", "change", "filled"]) form.addEventListener(name, tell);
}
