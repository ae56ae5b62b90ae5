// The list of persons follows what is typed. Without this, a button finds them.
const wait = 250;

function follow(box) {
  const words = box.querySelector("[data-words]");
  const found = box.querySelector("[data-found]");
  let timer, asked = 0;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++asked;
      const token = box.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
      const body = new URLSearchParams({ words: words.value, name: box.dataset.name });
      const headers = { "X-CSRFToken": token };
      try {
        const answer = await fetch(box.dataset.url, { method: "POST", body, headers });
        if (answer.ok && mine === asked) found.innerHTML = await answer.text();
      } catch { /* no network: the form still works */ }
    }, wait);
  });
}

document.querySelectorAll("[data-picker]").forEach(follow);
