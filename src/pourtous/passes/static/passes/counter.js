// Comfort at the counter: the camera of the page where the browser reads QR codes, and scanners that type like a
// keyboard on pages that show an answer. Without it, the field takes all of these.
const form = document.querySelector("form[data-read]");
const field = form?.querySelector("[name=code]");

function send(text, channel) {
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  field.value = text;
  form.querySelector("[name=channel]").value = channel;
  form.submit();
}

// Sent once: a double tap is answered once by the server too.
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  else if (field.value.trim()) form.dataset.sent = "1";
});
addEventListener("pageshow", () => { if (form) delete form.dataset.sent; });

// On an answer the field is hidden: what a scanner sends is gathered until its Enter.
if (form?.hidden) {
  let read = "", last = 0;
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.timeStamp - last > 300) read = "";
    last = event.timeStamp;
    if (event.key.length === 1) read += event.key;
    else if (event.key === "Enter" && read.length >= 12) {
      event.preventDefault();
      send(read, "scanner");
    }
  });
}

const camera = document.querySelector("[data-camera]");
if (camera && "BarcodeDetector" in window && navigator.mediaDevices) {
  const view = camera.querySelector("[data-view]");
  const trouble = camera.querySelector("[data-trouble]");
  const button = camera.querySelector("button");
  let stream;
  const stop = () => { stream?.getTracks().forEach((track) => track.stop()); stream = undefined; view.hidden = true; };
  const look = async (detector) => {
    if (!stream) return;
    const found = await detector.detect(view).catch(() => []);
    if (found.length) { stop(); send(found[0].rawValue, "camera"); return; }
    setTimeout(() => look(detector), 150);
  };
  const start = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      view.srcObject = stream;
      view.hidden = false;
      await view.play();
      look(new BarcodeDetector({ formats: ["qr_code"] }));
    } catch {
      stop();
      trouble.hidden = false;
    }
  };
  BarcodeDetector.getSupportedFormats().then((formats) => { camera.hidden = !formats.includes("qr_code"); });
  button.addEventListener("click", () => { if (stream) stop(); else start(); });
  addEventListener("pagehide", stop);
}
