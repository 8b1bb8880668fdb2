/* Moving and alarmed things: few, drawn anew from differences, above the plume. */
"use strict";

(function () {
  class Live {
    constructor(map) {
      this.map = map;
      this.items = new Map();
      this.silent = 0;
      this.layer = new Muster.CanvasLayer({
        pane: "live", padding: 0.1, draw: (context, frame) => this.draw(context, frame),
      }).addTo(map);
      Muster.on("live", (payload) => this.change(payload));
      Muster.watch("clock", () => {
        const silent = this.items.size && [...this.items.values()].filter((item) => this.silence(item)).length;
        if (silent || this.silent) {
          this.layer.redraw();
          Muster.tell("labels");
        }
        this.silent = silent;
      });
    }

    change(payload) {
      if (payload.full) {
        this.items.clear();
      }
      for (const id of payload.drop) {
        this.items.delete(id);
        Muster.parts.trails.drop(id);
      }
      for (const item of payload.put) {
        const [x, y] = Muster.world(item.lat, item.lon);
        item.x = x;
        item.y = y;
        Muster.parts.trails.add(item, this.items.get(item.id));
        this.items.set(item.id, item);
      }
      this.sorted = [...this.items.values()].sort((a, b) => b.rank - a.rank);
      this.layer.redraw();
      Muster.tell("labels");
    }

    visible() {
      return (this.sorted || []).filter((item) => !Muster.layers.off(item.layer));
    }

    draw(context, frame) {
      if (!this.items.size) {
        return false;
      }
      context.clearRect(0, 0, frame.width, frame.height);
      for (const item of this.visible()) {
        const x = frame.x(item.x);
        const y = frame.y(item.y);
        if (x < -30 || y < -30 || x > frame.width + 30 || y > frame.height + 30) {
          continue;
        }
        if (item.ring) {
          context.beginPath();
          context.arc(x, y, 14, 0, 2 * Math.PI);
          context.lineWidth = 2;
          context.strokeStyle = Muster.colour(item.ring);
          context.stroke();
        }
        if (item.warned && !Muster.layers.off("warnings")) {
          context.globalAlpha = Muster.layers.alpha("warnings");
          Muster.symbols.draw(context, "warned." + item.warned, x, y, item.ring ? 2.8 : 2.25);
          context.globalAlpha = 1;
        }
        if (item.style) {
          context.globalAlpha = Muster.layers.alpha(item.layer) * (item.faded || this.silence(item) ? 0.45 : 1);
          if (item.turned) {
            Muster.symbols.turned(context, item.style, x, y, item.heading_deg, item.grow);
          } else {
            Muster.symbols.draw(context, item.style, x, y, item.grow);
          }
          if (!item.turned && typeof item.heading_deg === "number") {
            Muster.symbols.heading(context, x, y, item.heading_deg);
          }
          context.globalAlpha = 1;
        }
      }
      return true;
    }

    /** Words for how long a thing is silent: a team by its place, a measuring point by its value. */
    silence(item) {
      const sensor = Muster.parts.sensors.words(item.id);
      return sensor ? sensor.silence : Muster.parts.trails.silence(item);
    }

    /** What stands under a name: the live value before the one of the alarm, then the silence. */
    sub(item) {
      const sensor = Muster.parts.sensors.words(item.id);
      const told = sensor && item.label ? sensor.text : item.sub || "";
      return [told, this.silence(item)].filter(Boolean).join(" · ");
    }

    find(containerPoint, reach) {
      const frame = this.layer.frame;
      if (!frame) {
        return null;
      }
      const at = this.map.containerPointToLayerPoint(containerPoint).subtract(frame.topLeft);
      let best = reach * reach;
      let found = null;
      for (const item of this.visible()) {
        const far = (frame.x(item.x) - at.x) ** 2 + (frame.y(item.y) - at.y) ** 2;
        if (far <= best) {
          best = far;
          found = item;
        }
      }
      return found;
    }

    /** What is going on is never written over where there is another place. */
    covers(frame, cover) {
      for (const item of this.visible()) {
        if (item.style) {
          cover.mark(frame.x(item.x), frame.y(item.y), Muster.symbols.reach(item.style) * (item.grow || 1), 4);
        }
      }
    }

    labels(frame) {
      return this.visible().filter((item) => item.label).map((item) => ({
        x: frame.x(item.x), y: frame.y(item.y), text: item.label, sub: this.sub(item), gap: 13,
        rank: item.rank, key: item.id, token: item.ink || "map.label_strong", sub_token: item.sub_ink, strong: true,
      }));
    }
  }

  Muster.define("live", (map) => new Live(map));
})();
