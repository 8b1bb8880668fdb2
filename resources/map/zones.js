/* Threat zones: light fills, firm edges, the innermost strongest; an old one dashed beside the new. */
"use strict";

(function () {
  const FILL = { 1: 0.3, 2: 0.2, 3: 0.14 };
  const EDGE = { 1: 2.2, 2: 1.8, 3: 1.6 };
  const NAME_PX = 12;

  class Zones {
    constructor(map) {
      this.map = map;
      this.zones = new Map();
      this.layer = new Muster.CanvasLayer({
        pane: "plume", padding: 0.15, draw: (context, frame) => this.draw(context, frame),
      }).addTo(map);
      Muster.on("zones", (payload) => this.change(payload));
    }

    change(payload) {
      if (payload.full) {
        this.zones.clear();
      }
      payload.drop.forEach((id) => this.zones.delete(id));
      for (const zone of payload.put) {
        for (const level of zone.levels) {
          level.lines = level.rings.map((ring) => {
            const line = new Float64Array(2 * ring.length);
            ring.forEach(([lat, lon], i) => {
              const [x, y] = Muster.world(lat, lon);
              line[2 * i] = x;
              line[2 * i + 1] = y;
            });
            return line;
          }).filter((line) => line.length > 2);
        }
        zone.world = Muster.world(zone.origin[0], zone.origin[1]);
        this.zones.set(zone.id, zone);
      }
      this.layer.redraw();
      Muster.tell("labels");
    }

    /** Old zones lie under new ones, outer levels under inner ones. */
    ordered() {
      return [...this.zones.values()].sort((a, b) => Number(b.stale) - Number(a.stale));
    }

    draw(context, frame) {
      context.clearRect(0, 0, frame.width, frame.height);
      context.lineJoin = "round";
      for (const zone of this.ordered()) {
        for (const level of zone.levels) {
          if (!Muster.layers.off(level.layer)) {
            context.globalAlpha = Muster.layers.alpha(level.layer);
            this._level(context, frame, zone, level);
          }
        }
      }
      context.globalAlpha = 1;
    }

    _level(context, frame, zone, level) {
      const token = level.ink || "zone." + level.severity;
      context.beginPath();
      level.lines.forEach((line) => {
        Muster.trace(context, frame, line);
        context.closePath();
      });
      const ground = Muster.state.dark ? 1 : 0.7;
      const light = zone.stale ? 0.2 : zone.kind === "rule_of_thumb" ? 0.35 : 1;
      if (!level.outline) {
        context.fillStyle = Muster.faded(token, FILL[level.severity] * light * ground);
        context.fill("evenodd");
      }
      const dashed = zone.stale || zone.kind === "rule_of_thumb" || level.dashed;
      context.setLineDash(level.outline ? [2, 4] : dashed ? [7, 5] : []);
      context.lineWidth = EDGE[level.severity] * (zone.stale || level.outline ? 0.8 : 1);
      context.strokeStyle = zone.stale ? Muster.faded(token, 0.75) : Muster.colour(token);
      context.stroke();
      context.setLineDash([]);
    }

    /** The zone under a container position: the newest that holds it. */
    find(containerPoint) {
      const frame = this.layer.frame;
      if (!frame) {
        return null;
      }
      const at = this.map.containerPointToLayerPoint(containerPoint).subtract(frame.topLeft);
      const x = (at.x + frame.left) / frame.scale;
      const y = (at.y + frame.top) / frame.scale;
      for (const zone of this.ordered().reverse()) {
        const holds = (level) => !level.outline && !Muster.layers.off(level.layer) && inside(level.lines, x, y);
        if (zone.levels.some(holds)) {
          return zone;
        }
      }
      return null;
    }

    /** Each level is named at its far end in view, where it doesn't hide the source. */
    labels(frame) {
      const wanted = [];
      for (const zone of this.ordered()) {
        for (const [place, level] of zone.levels.entries()) {
          const far = farthest(level.lines, zone.world, frame.bounds(-NAME_PX));
          if (far && level.label && !Muster.layers.off(level.layer)) {
            wanted.push({
              x: frame.x(far[0]), y: frame.y(far[1]), text: level.label, gap: 7,
              sub: zone.stale ? zone.stale_text : "", rank: zone.stale || level.outline ? 4 : 0.5,
              must: false, key: zone.id + "/" + place,
              token: level.ink || "zone_text." + level.severity, strong: !level.outline,
            });
          }
        }
      }
      return wanted;
    }
  }

  function inside(lines, x, y) {
    let odd = false;
    for (const line of lines) {
      for (let i = 0, j = line.length - 2; i < line.length; j = i, i += 2) {
        const crosses = line[i + 1] > y !== line[j + 1] > y;
        if (crosses && x < ((line[j] - line[i]) * (y - line[i + 1])) / (line[j + 1] - line[i + 1]) + line[i]) {
          odd = !odd;
        }
      }
    }
    return odd;
  }

  /** The corner of an outline that lies farthest off, of those in view when there are any. */
  function farthest(lines, from, [west, north, east, south]) {
    let best = -1;
    let seen = false;
    let found = null;
    for (const line of lines) {
      for (let i = 0; i < line.length; i += 2) {
        const far = (line[i] - from[0]) ** 2 + (line[i + 1] - from[1]) ** 2;
        const inView = line[i] > west && line[i] < east && line[i + 1] > north && line[i + 1] < south;
        if ((inView && !seen) || (inView === seen && far > best)) {
          best = far;
          seen = inView;
          found = [line[i], line[i + 1]];
        }
      }
    }
    return found;
  }

  Muster.define("zones", (map) => new Zones(map));
})();

/* Routes of ordered teams: blue, under way firm, proposed dashed. */
(function () {
  class Routes {
    constructor(map) {
      this.routes = new Map();
      this.layer = new Muster.CanvasLayer({
        pane: "routes", padding: 0.15, draw: (context, frame) => this.draw(context, frame),
      }).addTo(map);
      Muster.on("routes", (payload) => this.change(payload));
    }

    change(payload) {
      if (payload.full) {
        this.routes.clear();
      }
      payload.drop.forEach((id) => this.routes.delete(id));
      for (const route of payload.put) {
        const line = new Float64Array(2 * route.line.length);
        route.line.forEach(([lat, lon], i) => {
          const [x, y] = Muster.world(lat, lon);
          line[2 * i] = x;
          line[2 * i + 1] = y;
        });
        route.world = line;
        this.routes.set(route.id, route);
      }
      this.layer.redraw();
    }

    draw(context, frame) {
      context.clearRect(0, 0, frame.width, frame.height);
      context.lineJoin = "round";
      context.lineCap = "round";
      if (Muster.layers.off("routes")) {
        return;
      }
      context.globalAlpha = Muster.layers.alpha("routes");
      for (const route of this.routes.values()) {
        if (route.world.length < 4) {
          continue;
        }
        for (const [token, width] of [["map.halo", 6], ["map.own", 3.2]]) {
          context.beginPath();
          Muster.trace(context, frame, route.world);
          context.setLineDash(route.dashed && token === "map.own" ? [8, 8] : []);
          context.lineWidth = width;
          context.strokeStyle = Muster.colour(token);
          context.stroke();
        }
        context.setLineDash([]);
      }
      context.globalAlpha = 1;
    }
  }

  Muster.define("routes", (map) => new Routes(map));
})();
