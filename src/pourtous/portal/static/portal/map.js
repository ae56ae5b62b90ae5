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

// Names of communes: the first spot that hides no pin and no other name; none free, no name: the list has it.
const PIN = { width: 40, height: 48 };
const crosses = (a, b) => a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

function spots(map, layer) {
  const centre = map.latLngToLayerPoint(layer.getBounds().getCenter());
  return [[0, 0], [0, 24], [0, -24], [0, 48], [0, -48], [32, 24], [-32, 24], [32, -24], [-32, -24], [64, 0], [-64, 0]]
    .map(([x, y]) => centre.add([x, y]));
}

function nameCommunes(map, layers, markers) {
  const view = map.getPixelBounds().getSize();
  const corner = map.containerPointToLayerPoint([0, 0]);
  const taken = markers.map((marker) => {
    const box = marker.getElement().getBoundingClientRect();
    const frame = map.getContainer().getBoundingClientRect();
    return { left: box.left - frame.left + corner.x - 2, top: box.top - frame.top + corner.y - 2, ...PIN };
  });
  taken.push({ left: corner.x, top: corner.y, width: 60, height: 108 });
  const inside = (box) => box.left > corner.x + 4 && box.top > corner.y + 4 && box.left + box.width < corner.x + view.x - 4 && box.top + box.height < corner.y + view.y - 4;
  layers.forEach((layer) => {
    const tooltip = layer.getTooltip();
    const element = tooltip.getElement();
    element.classList.remove("is-hidden");
    const [width, height] = [element.offsetWidth + 4, element.offsetHeight];
    const around = (at) => ({ left: at.x - width / 2, top: at.y - height / 2, width, height });
    const at = spots(map, layer).find((one) => inside(around(one)) && !taken.some((other) => crosses(around(one), other)));
    element.classList.toggle("is-hidden", !at);
    if (!at) return;
    taken.push(around(at));
    tooltip.setLatLng(map.layerPointToLatLng(at));
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
  const map = L.map(box, { zoomControl: false, scrollWheelZoom: false, zoomSnap: data.tiles ? 1 : .25 });
  const points = [...data.pins.map((pin) => [pin.lat, pin.lon]), ...(data.near ? [data.near] : [])];
  if (points.length) map.fitBounds(L.latLngBounds(points), { padding: [48, 48], maxZoom: 15 });
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  map.attributionControl.setPrefix(false);
  if (data.tiles) L.tileLayer(data.tiles, { attribution: data.attribution, maxZoom: 19 }).addTo(map);
  const named = [];
  if (data.outlines) {
    const towns = new Set(data.pins.map((pin) => pin.town));
    L.geoJSON(data.outlines, {
      interactive: false,
      style: { className: "commune", weight: 1.5 },
      onEachFeature: (feature, layer) => {
        if (!towns.has(feature.properties.name)) return;
        layer.bindTooltip(feature.properties.name, { permanent: true, direction: "center", className: "commune-name" });
        named.push(layer);
      },
    }).addTo(map);
  }
  const markers = data.pins.map((pin) => addPin(map, pin));
  const place = () => { spread(map, data.pins, markers); nameCommunes(map, named, markers); };
  place();
  map.on("zoomend", place);
  map.on("moveend", () => nameCommunes(map, named, markers));
  if (data.near) {
    L.circleMarker(data.near, { radius: 9, className: "here", interactive: false })
      .bindTooltip(box.dataset.you).addTo(map);
  }
}
