/* Names out of decoded tiles, for the part that places all text. */
"use strict";

Muster.tileNames = (function () {
  /* class → [first zoom, rank, colour]; the lower a rank the sooner it is placed */
  const NAMES = {
    "place.city": [6, 6.5, "map.place_text"], "place.town": [9.5, 6.8, "map.place_text"],
    "place.village": [12, 7.2, "map.place_text"], "place.suburb": [12.5, 7.4, "map.place_text"],
    "place.hamlet": [14, 7.8, "map.place_text"],
    water: [11, 8.2, "map.water_text"], river: [12, 8.4, "map.water_text"],
    stream: [15, 9.6, "map.water_text"],
    "road.motorway": [11, 8.5, "map.road_text"], "road.trunk": [11.5, 8.6, "map.road_text"],
    "road.primary": [13, 8.8, "map.road_text"], "road.secondary": [14, 9, "map.road_text"],
    "road.tertiary": [14.5, 9.1, "map.road_text"], "road.minor": [15.5, 9.3, "map.road_text"],
    "road.service": [17, 9.5, "map.road_text"], "road.path": [17, 9.7, "map.road_text"],
    "road.track": [16.5, 9.6, "map.road_text"], rail: [14, 9.4, "map.road_text"],
    green: [15, 8.9, "map.place_text"], wood: [14, 8.9, "map.place_text"],
    industry: [14.5, 8.7, "map.place_text"], built: [16, 9.2, "map.place_text"],
    pier: [16, 9.4, "map.place_text"], building: [16.5, 9.5, "map.place_text"],
  };
  const HAN = /[\u3400-\u9fff]/;

  function chosen(name) {
    if (Muster.state.words.language === "zh") {
      return name.zh || name.local || name.en;
    }
    return name.en || (HAN.test(name.local) ? "" : name.local) || name.local || name.zh;
  }

  /** A name stands once in its surroundings, however many tiles or ways bring it. */
  function repeated(named, text, x, y, reach) {
    const column = Math.floor(x / reach);
    const row = Math.floor(y / reach);
    for (let i = -1; i <= 1; i += 1) {
      for (let j = -1; j <= 1; j += 1) {
        if (named.has("tile:" + text + (column + i) + "," + (row + j))) {
          return true;
        }
      }
    }
    named.add("tile:" + text + column + "," + row);
    return false;
  }

  return function labels(tiles, frame) {
    const wanted = [];
    for (const { tile, left, top, scale } of tiles) {
      for (const { cls, name, at } of tile.names) {
        const rule = NAMES[cls];
        if (!rule || frame.zoom < rule[0]) {
          continue;
        }
        const text = chosen(name);
        const x0 = at[0] * scale + left;
        const x1 = at[2] * scale + left;
        const y0 = at[1] * scale + top;
        const y1 = at[3] * scale + top;
        const x = (x0 + x1) / 2;
        const y = (y0 + y1) / 2;
        const room = Math.hypot(x1 - x0, y1 - y0);
        const place = cls.startsWith("place.");
        const along = cls.startsWith("road.") || cls === "river" || cls === "stream" || cls === "rail";
        const need = text.length * (HAN.test(text) ? 12 : 6);
        if (!text || x < -40 || y < -20 || x > frame.width + 40 || y > frame.height + 20 || (!place && room < need)) {
          continue;
        }
        wanted.push({
          x: x, y: y, text: text, rank: rule[1] - Math.min(0.09, room / 20000), align: "center",
          token: rule[2], strong: cls === "place.city" || cls === "place.town",
          angle: along ? upright(Math.atan2(y1 - y0, x1 - x0)) : undefined,
          reach: place ? 120 : along ? 260 : 300,
        });
      }
    }
    wanted.sort((a, b) => a.rank - b.rank);
    return wanted.filter((label) => !repeated(frame.named, label.text, label.x, label.y, label.reach));
  };

  function upright(angle) {
    return angle > Math.PI / 2 || angle <= -Math.PI / 2 ? angle + Math.PI : angle;
  }
})();
