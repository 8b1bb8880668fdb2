/* Which class a feature of a vector tile is: our own archives say it, others are understood by the
 * words of the schemas in use (OpenMapTiles, Protomaps, Shortbread), which share most of them. */
"use strict";

Muster.tileClass = (function () {
  const ROADS = {
    motorway: "motorway", highway: "motorway", trunk: "trunk", primary: "primary",
    major_road: "primary", secondary: "secondary", medium_road: "secondary", tertiary: "tertiary",
    minor: "minor", minor_road: "minor", residential: "minor", unclassified: "minor",
    living_street: "minor", pedestrian: "minor", service: "service", track: "track",
    path: "path", footway: "path", cycleway: "path", steps: "path", bridleway: "path", other: "path",
  };
  const RAILS = new Set(["rail", "light_rail", "narrow_gauge", "tram", "subway", "transit"]);
  const LAND = {
    residential: "built", commercial: "built", retail: "built", neighbourhood: "built",
    suburb: "built", construction: "built", industrial: "industry", railway: "industry",
    quarry: "industry", military: "industry", port: "industry", landfill: "industry",
    brownfield: "industry", wood: "wood", forest: "wood", scrub: "wood", orchard: "wood",
    grass: "green", meadow: "green", park: "green", cemetery: "green", recreation_ground: "green",
    golf_course: "green", garden: "green", nature_reserve: "green", pitch: "green", wetland: "green",
    beach: "sand", sand: "sand", pier: "pier", breakwater: "pier", groyne: "pier",
  };
  const PLACES = {
    city: "city", capital: "city", town: "town", village: "village", suburb: "suburb",
    borough: "suburb", quarter: "suburb", neighbourhood: "suburb", locality: "town",
    hamlet: "hamlet", isolated_dwelling: "hamlet", island: "hamlet",
  };
  const own = new Set([...Muster.paints.order, ...["city", "town", "village", "suburb", "hamlet",
    "building"].map((name) => "place." + name)]);

  function word(properties) {
    const p = properties;
    return p.kind_detail || p.class || p.subclass || p.kind || p.highway || p["pmap:kind"] || p.type || "";
  }

  function transport(properties, kind) {
    const words = [kind, properties.class, properties.kind, properties.highway];
    if (words.some((name) => RAILS.has(name)) || properties.rail === true || properties.railway) {
      return "rail";
    }
    const name = words.map((each) => String(each || "").replace(/_link$/, "")).find((each) => each in ROADS);
    if (!name) {
      return "";
    }
    const tunnel = properties.brunnel === "tunnel" || properties.tunnel === true || properties.is_tunnel === true;
    return tunnel ? "tunnel" : "road." + ROADS[name];
  }

  function water(kind, type) {
    if (type === 2) {
      return kind === "stream" || kind === "ditch" || kind === "drain" ? "stream" : "river";
    }
    return type === 3 ? "water" : "";
  }

  /** The class of a feature, "" when it isn't drawn; `type` is 1 point, 2 line, 3 area. */
  return function classify(layer, properties, type) {
    const said = String(properties.class || "");
    if (own.has(said)) {
      return said;
    }
    const kind = String(word(properties));
    if (/boundar|admin|poi|label|housenum|address/.test(layer) && !/place/.test(layer)) {
      return "";
    }
    if (/ocean|water|lake|river/.test(layer)) {
      return water(kind, type);
    }
    if (/build/.test(layer)) {
      return type === 3 ? "building" : "";
    }
    if (/transport|road|street|highway|rail/.test(layer)) {
      return type === 2 ? transport(properties, kind) : "";
    }
    if (/place|settlement/.test(layer)) {
      return type === 1 && kind in PLACES ? "place." + PLACES[kind] : "";
    }
    if (/^(earth|land)$/.test(layer) && type === 3) {
      return kind in LAND ? LAND[kind] : layer === "earth" ? "land" : "";
    }
    if (/aeroway/.test(layer)) {
      return type === 2 && kind === "runway" ? "runway" : "";
    }
    return type === 3 ? LAND[kind] || (layer === "park" ? "green" : "") : "";
  };
})();
