/* One thing is selected, on the map and in the tables alike; pointing at a thing names it. */
"use strict";

Muster.define("selection", function (map, options) {
  const tip = Muster.element("div", "muster-tip", map.getContainer());
  const RADIUS = 13;
  const AROUND = 20; // a ring of a warning's colour stays seen inside
  const ring = L.circleMarker([0, 0], {
    pane: "selected", radius: RADIUS, weight: 2.5, fill: false, interactive: false,
    renderer: L.svg({ pane: "selected" }),
  });
  let chosen = null;
  let hovered = "";

  function objectAt(point) {
    const live = Muster.parts.live && Muster.parts.live.find(point, options.reach);
    if (live) {
      return {
        type: "live", id: live.id, text: live.tip || live.label || "", sub: Muster.parts.live.sub(live),
      };
    }
    const vehicle = Muster.parts.vehicles.find(point, options.reach);
    if (vehicle) {
      return {
        type: "live", id: vehicle.id, text: vehicle.label, sub: Muster.parts.trails.silence(vehicle),
      };
    }
    const drawn = Muster.parts.drawings.find(point, false);
    if (drawn) {
      return { type: "drawing", id: drawn.id, text: drawn.label };
    }
    const points = Muster.parts.points;
    const index = points ? points.find(point, options.reach) : -1;
    if (index >= 0) {
      const group = points.group(index);
      return {
        type: "point", index: index, text: (points.names && points.names[index]) || "",
        sub: Muster.word("kind." + group.kind),
      };
    }
    const cluster = points && points.cluster(point);
    if (cluster) {
      const kinds = cluster.kinds.map(([layer, n]) => Muster.word("layer." + layer) + " " + n);
      const picked = cluster.chosen ? [Muster.fill("picked_of", { n: cluster.chosen, of: cluster.n })] : [];
      return {
        type: "cluster", cluster: cluster, text: Muster.fill("cluster", { n: cluster.n }),
        sub: [...kinds, ...picked].join(" · "),
      };
    }
    const imported = Muster.parts.imported;
    const mark = imported && imported.find(point, false);
    if (mark) {
      return mark;
    }
    const area = Muster.parts.drawings.find(point, true);
    if (area) {
      return { type: "drawing", id: area.id, text: area.label };
    }
    const zone = Muster.parts.zones && Muster.parts.zones.find(point);
    if (zone) {
      return { type: "zone", id: zone.id, text: zone.tip || "" };
    }
    return imported ? imported.find(point, true) : null;
  }

  function openCluster(cluster) {
    const at = map.getSize().divideBy(2);
    const frame = Muster.parts.points.layer.frame;
    const target = Muster.latLng((cluster.x + frame.left) / frame.scale, (cluster.y + frame.top) / frame.scale);
    map.setView(target, Math.min(map.getMaxZoom(), map.getZoom() + 2), { animate: false });
    return at;
  }

  map.on("click", (event) => {
    if (Muster.parts.tools.click(event)) {
      return;
    }
    const found = objectAt(event.containerPoint);
    if (found && found.type === "cluster") {
      openCluster(found.cluster);
    } else if (found) {
      Muster.send("select", { type: found.type, id: found.id, index: found.index });
    } else {
      Muster.send("click", { lat: event.latlng.lat, lon: event.latlng.lng });
    }
  });

  map.on("mousemove", (event) => {
    const found = Muster.parts.tools.busy() ? null : objectAt(event.containerPoint);
    const name = found ? found.type + (found.id || "") + "/" + (found.index || "") : "";
    map.getContainer().classList.toggle("pointing", !!found);
    const shown = found && found.text && found.type !== "zone";
    tip.classList.toggle("shown", !!shown);
    if (shown) {
      const left = Math.min(event.containerPoint.x + 14, map.getSize().x - 200);
      tip.style.transform = "translate(" + left + "px," + (event.containerPoint.y + 14) + "px)";
    }
    if (name !== hovered) {
      hovered = name;
      tip.replaceChildren();
      if (shown) {
        Muster.element("div", "", tip, Muster.cut(found.text));
        if (found.sub) {
          Muster.element("div", "muster-tip-sub", tip, found.sub);
        }
      }
      const known = found && found.type !== "cluster" ? found : {};
      Muster.send("hover", { type: known.type || "", id: known.id, index: known.index });
    }
  });
  map.on("mouseout", () => tip.classList.remove("shown"));
  map.on("movestart", () => tip.classList.remove("shown"));

  function colour() {
    ring.setStyle({ color: Muster.colour("map.selected") });
  }

  function fit() {
    const item = chosen && Muster.parts.live && Muster.parts.live.items.get(chosen.id);
    const radius = item && item.warned && !Muster.layers.off("warnings") ? AROUND : RADIUS;
    if (ring.getRadius() !== radius) {
      ring.setRadius(radius);
    }
  }
  Muster.watch("labels", fit);

  Muster.on("select", (payload) => {
    Muster.tell("view-number", payload.n || 0);
    Muster.parts.points.hold(payload);
    chosen = payload.lat === undefined || payload.lat === null ? null : payload;
    if (!chosen) {
      ring.remove();
    } else {
      ring.setLatLng([chosen.lat, chosen.lon]).addTo(map);
      colour();
      if (chosen.reveal && !map.getBounds().pad(-0.1).contains(ring.getLatLng())) {
        map.panTo(ring.getLatLng(), { animate: false });
      }
    }
    Muster.tell("labels");
  });
  Muster.watch("theme", colour);

  /* the ring goes with a thing that moves */
  Muster.watch("clock", () => {
    const item = chosen && (Muster.parts.vehicles.items.get(chosen.id) || Muster.parts.live.items.get(chosen.id));
    if (item && (item.lat !== chosen.lat || item.lon !== chosen.lon)) {
      chosen = { ...chosen, lat: item.lat, lon: item.lon };
      ring.setLatLng([item.lat, item.lon]);
      Muster.tell("labels");
    }
  });

  return {
    labels: (frame) => {
      if (!chosen || !chosen.label) {
        return [];
      }
      const [x, y] = Muster.world(chosen.lat, chosen.lon);
      return [{
        x: frame.x(x), y: frame.y(y), text: chosen.label, gap: 17, rank: 0,
        key: "selection", token: "map.selected", strong: true,
      }];
    },
    chosen: () => chosen,
    at: objectAt,
  };
});

/* The view: told to the desk when it changes, so that a rebuilt page stands where the old one did. */
Muster.define("view", function (map) {
  let number = 0;
  map.on("moveend", () => {
    const centre = map.getCenter();
    const box = map.getBounds();
    Muster.send("view", {
      lat: centre.lat, lon: centre.lng, zoom: map.getZoom(), n: number,
      box: [box.getSouth(), box.getWest(), box.getNorth(), box.getEast()],
    });
  });
  Muster.on("view", (payload) => {
    number = payload.n || number;
    if (payload.bounds) {
      map.fitBounds(payload.bounds, { animate: false, maxZoom: payload.max_zoom || 17, padding: [40, 40] });
    } else {
      map.setView([payload.lat, payload.lon], payload.zoom, { animate: false });
    }
  });
  Muster.watch("view-number", (n) => {
    number = Math.max(number, n);
  });
  Muster.on("zoom", (payload) => map.setZoom(map.getZoom() + payload.by, { animate: false }));
  Muster.on("pan", (payload) => map.panBy([payload.x, payload.y], { animate: false }));
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  return {};
});
