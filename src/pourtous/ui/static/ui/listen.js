// "Listen": reads the page aloud where the browser can; the button stays hidden where it cannot.
const button = document.querySelector("[data-listen]");
const speech = window.speechSynthesis;

function sentences() {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelectorAll("[data-listen], [aria-hidden=true], script, .visually-hidden, .pagination").forEach((e) => e.remove());
  const blocks = [...main.querySelectorAll("h1, h2, h3, p, li, label, legend, dt, dd, th, td")];
  const whole = blocks.filter((e) => !blocks.some((other) => other !== e && other.contains(e)));
  return whole.map((e) => e.innerText || e.textContent).map((t) => t.replace(/\s+/g, " ").trim()).filter(Boolean);
}

if (button && speech) {
  const word = button.querySelector("[data-listen-word]");
  const start = word.textContent;
  const rest = () => { word.textContent = start; button.setAttribute("aria-pressed", "false"); };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (speech.speaking) { speech.cancel(); rest(); return; }
    const parts = sentences().map((text) => Object.assign(new SpeechSynthesisUtterance(text), {
      lang: document.documentElement.lang, rate: 0.9,
    }));
    parts.at(-1).onend = rest;
    parts.forEach((part) => speech.speak(part));
    word.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
  });
  addEventListener("pagehide", () => speech.cancel());
}
