// The map of a page of results: the same places, the same numbers as the list.
const box = document.getElementById("map");
const data = JSON.parse(document.getElementById("map-data").textContent);
const L = window.L;

function popup(pin) {
  const link = Object.assign(document.createElement("a"), { href: pin.url, textContent: `${pin.number}. ${pin.name}` });
  const state = Object.assign(document.createElement("p"), { textContent: pin.state });
  const content = document.createElement("div");
  content.append(link, state);
  return content;
}

function addPin(map, pin) {
  const icon = L.divIcon({ className: "pin", html: String(pin.number), iconSize: [36, 44], iconAnchor: [18, 44], popupAnchor: [0, -40] });
  const marker = L.marker([pin.lat, pin.lon], { icon, title: pin.name, keyboard: true }).addTo(map).bindPopup(popup(pin));
  marker.getElement().setAttribute("aria-label", `${pin.number}. ${pin.name}`);
  marker.on("popupopen", (event) => {
    const close = event.popup.getElement().querySelector(".leaflet-popup-close-button");
    close?.setAttribute("aria-label", `${box.dataset.close}: ${pin.name}`);
  });
}

if (L) {
  box.replaceChildren();
  const map = L.map(box, { zoomControl: false, scrollWheelZoom: false });
  const points = [...data.pins.map((pin) => [pin.lat, pin.lon]), ...(data.near ? [data.near] : [])];
  if (points.length) map.fitBounds(L.latLngBounds(points), { padding: [48, 48], maxZoom: 15 });
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  map.attributionControl.setPrefix(false);
  if (data.tiles) L.tileLayer(data.tiles, { attribution: data.attribution, maxZoom: 19 }).addTo(map);
  if (data.outlines) {
    L.geoJSON(data.outlines, {
      interactive: false,
      style: { className: "commune", weight: 1.5 },
      onEachFeature: (feature, layer) => {
        layer.bindTooltip(feature.properties.name, { permanent: true, direction: "center", className: "commune-name" });
      },
    }).addTo(map);
  }
  data.pins.forEach((pin) => addPin(map, pin));
  if (data.near) {
    L.circleMarker(data.near, { radius: 9, className: "here", interactive: false })
      .bindTooltip(box.dataset.you).addTo(map);
  }
}
