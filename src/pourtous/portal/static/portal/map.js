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

// Pins that would hide each other stand side by side; zooming in brings each to its true point.
const STEPS = [[0, 0], [1, 0], [-1, 0], [0, -1], [1, -1], [-1, -1], [0, 1], [2, 0], [-2, 0], [1, 1], [-1, 1], [2, -1], [-2, -1]];

function icon(pin, [x, y]) {
  return L.divIcon({
    className: "pin", html: String(pin.number), iconSize: [36, 44], iconAnchor: [18 - x * 40, 44 - y * 48], popupAnchor: [x * 40, y * 48 - 40],
  });
}

function name(pin, marker) {
  const element = marker.getElement();
  element.setAttribute("aria-label", `${pin.number}. ${pin.name}`);
  element.title = pin.name;
}

function spread(map, pins, markers) {
  const taken = [];
  pins.forEach((pin, index) => {
    const at = map.latLngToLayerPoint([pin.lat, pin.lon]);
    const free = ([x, y]) => taken.every((p) => Math.abs(p.x - at.x - x * 40) > 37 || Math.abs(p.y - at.y - y * 48) > 45);
    const [x, y] = STEPS.find(free) ?? [0, 0];
    taken.push({ x: at.x + x * 40, y: at.y + y * 48 });
    markers[index].setIcon(icon(pin, [x, y]));
    name(pin, markers[index]);
  });
}

function addPin(map, pin) {
  const marker = L.marker([pin.lat, pin.lon], { icon: icon(pin, [0, 0]), keyboard: true }).addTo(map).bindPopup(popup(pin));
  marker.on("popupopen", (event) => {
    const close = event.popup.getElement().querySelector(".leaflet-popup-close-button");
    close?.setAttribute("aria-label", `${box.dataset.close}: ${pin.name}`);
  });
  return marker;
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
    const towns = new Set(data.pins.map((pin) => pin.town));
    L.geoJSON(data.outlines, {
      interactive: false,
      style: { className: "commune", weight: 1.5 },
      onEachFeature: (feature, layer) => {
        if (towns.has(feature.properties.name)) layer.bindTooltip(feature.properties.name, { permanent: true, direction: "bottom", className: "commune-name" });
      },
    }).addTo(map);
  }
  const markers = data.pins.map((pin) => addPin(map, pin));
  spread(map, data.pins, markers);
  map.on("zoomend", () => spread(map, data.pins, markers));
  if (data.near) {
    L.circleMarker(data.near, { radius: 9, className: "here", interactive: false })
      .bindTooltip(box.dataset.you).addTo(map);
  }
}
