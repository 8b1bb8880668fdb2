/* Vehicles and values: patched every second, only what changed; silent ones fade and say since when. */
"use strict";

(function () {
  const VALUE_ZOOM = 16;
  const NAME_ZOOM = 14;
  const DOT_ZOOM = 12;
  const OUTSIDE = 30;

  /** Put what is new and merge what is patched; returns the items touched with their old selves. */
  function merge(items, payload, dropped) {
    if (payload.full) {
      items.clear();
    }
    for (const id of payload.drop) {
      items.delete(id);
      dropped(id);
    }
    return payload.put.map((put) => {
      const before = items.get(put.id);
      const item = before ? Object.assign({}, before, put) : put;
      if (put.lat !== undefined || put.lon !== undefined) {
        [item.x, item.y] = Muster.world(item.lat, item.lon);
      }
      items.set(item.id, item);
      return [item, before];
    });
  }

  function nearest(part, containerPoint, reach, wanted) {
    const frame = part.layer.frame;
    if (!frame) {
      return null;
    }
    const at = part.map.containerPointToLayerPoint(containerPoint).subtract(frame.topLeft);
    let best = reach * reach;
    let found = null;
    for (const item of part.items.values()) {
      const far = (frame.x(item.x) - at.x) ** 2 + (frame.y(item.y) - at.y) ** 2;
      if (far <= best && wanted(item)) {
        best = far;
        found = item;
      }
    }
    return found;
  }

  class Vehicles {
    constructor(map) {
      this.map = map;
      this.items = new Map();
      this.received = 0;
      this.layer = new Muster.CanvasLayer({
        pane: "live", padding: 0.1, draw: (context, frame) => this.draw(context, frame),
      }).addTo(map);
      Muster.on("vehicles", (payload) => this.change(payload));
      Muster.watch("clock", () => this.layer.redraw());
    }

    change(payload) {
      this.received += 1;
      const trails = Muster.parts.trails;
      for (const [item, before] of merge(this.items, payload, (id) => trails.drop(id))) {
        trails.add(item, before);
      }
      this.layer.redraw();
    }

    draw(context, frame) {
      context.clearRect(0, 0, frame.width, frame.height);
      if (!this.items.size || !Muster.layers.shown("vehicles", frame.zoom)) {
        return false;
      }
      const alpha = Muster.layers.alpha("vehicles");
      const grow = frame.zoom < DOT_ZOOM ? 0.7 : 1;
      for (const item of this.items.values()) {
        const x = frame.x(item.x);
        const y = frame.y(item.y);
        if (x > -OUTSIDE && y > -OUTSIDE && x < frame.width + OUTSIDE && y < frame.height + OUTSIDE) {
          const silent = Muster.parts.trails.silence(item);
          context.globalAlpha = alpha * (silent ? 0.6 : 1);
          Muster.symbols.turned(context, silent ? "vehicle.silent" : "vehicle", x, y, item.heading_deg, grow);
        }
      }
      context.globalAlpha = 1;
      return true;
    }

    visible() {
      return Muster.layers.shown("vehicles", this.map.getZoom()) ? [...this.items.values()] : [];
    }

    find(containerPoint, reach) {
      const shown = Muster.layers.shown("vehicles", this.map.getZoom());
      return shown ? nearest(this, containerPoint, reach, () => true) : null;
    }

    covers(frame, cover) {
      const radius = Muster.symbols.reach("vehicle") * (frame.zoom < DOT_ZOOM ? 0.7 : 1);
      this.visible().forEach((item) => cover.mark(frame.x(item.x), frame.y(item.y), radius, 1));
    }

    labels(frame) {
      if (frame.zoom < NAME_ZOOM || !Muster.layers.shown("vehicles", frame.zoom)) {
        return [];
      }
      return [...this.items.values()].map((item) => {
        const silence = Muster.parts.trails.silence(item);
        return {
          x: frame.x(item.x), y: frame.y(item.y), text: item.label, gap: 11, rank: silence ? 4 : 5.2,
          key: item.id, over: true, sub: silence, sub_token: "severity.2", token: silence ? "map.symbol_mid" : "map.own",
        };
      });
    }
  }

  class Sensors {
    constructor(map) {
      this.map = map;
      this.items = new Map();
      this.received = 0;
      Muster.on("sensors", (payload) => this.change(payload));
      Muster.watch("clock", () => this._tell());
    }

    /** Values are text alone: they wait for the next second's labels. */
    change(payload) {
      this.received += 1;
      merge(this.items, payload, () => {});
      this.touched = true;
    }

    _tell() {
      const close = this.map.getZoom() >= VALUE_ZOOM;
      if (this.touched && (close || Muster.parts.live.items.size)) {
        Muster.tell("labels");
      }
      this.touched = false;
    }

    /** A value in words with its silence, for the label or the tip of a measuring point. */
    words(id) {
      const item = this.items.get(id);
      return item ? { text: item.text, silence: Muster.parts.trails.silence(item) } : null;
    }

    labels(frame) {
      if (frame.zoom < VALUE_ZOOM || !Muster.layers.shown("tags", frame.zoom)) {
        return [];
      }
      const [west, north, east, south] = frame.bounds(0);
      const wanted = [];
      for (const item of this.items.values()) {
        const inside = item.x > west && item.x < east && item.y > north && item.y < south;
        if (inside && !Muster.parts.live.items.has(item.id)) {
          const silence = Muster.parts.trails.silence(item);
          wanted.push({
            x: frame.x(item.x), y: frame.y(item.y), text: item.text, gap: 7, rank: 6.5,
            key: item.id, value: true, token: silence ? "map.symbol_mid" : "map.label", sub: silence, sub_token: "severity.2",
          });
        }
      }
      return wanted;
    }
  }

  Muster.define("vehicles", (map) => new Vehicles(map));
  Muster.define("sensors", (map) => new Sensors(map));
})();
