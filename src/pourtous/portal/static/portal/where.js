// "Use my position": asked of the browser only when one taps, rounded to about 100 m before it goes anywhere.
const box = document.querySelector("[data-locate]");

if (box && navigator.geolocation) {
  const field = box.querySelector("input");
  const said = box.querySelector("[role=status]");
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
        field.disabled = false;
        field.form.elements.ou.value = "";
        field.form.requestSubmit();
      },
      () => { said.textContent = box.dataset.failed; },
      { maximumAge: 600000, timeout: 10000 },
    );
  });
}
