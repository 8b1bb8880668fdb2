/* Where moving things came from: a line behind each, fading with the operation's time. */
"use strict";

(function () {
  const GAP_S = 120;
  const BANDS = 6;
  const MOST = 360;
  const LEAST_ZOOM = 11;

  class Trails {
    constructor(map) {
      this.map = map;
      this.lines = new Map();
      this.now = 0;
      this.length = 900;
      this.layer = new Muster.CanvasLayer({
        pane: "routes", padding: 0.1, draw: (context, frame) => this.draw(context, frame),
      }).addTo(map);
      Muster.on("clock", (payload) => {
        this.now = payload.now_s;
        this.length = payload.trail_s;
        this._forget();
        Muster.tell("clock", payload.now_s);
        this.layer.redraw();
      });
      Muster.on("trails", (payload) => {
        this.lines.clear();
        for (const [id, line] of Object.entries(payload.lines)) {
          line.forEach(([lat, lon, at]) => this._append(id, Muster.world(lat, lon), at));
        }
        this.layer.redraw();
      });
    }

    /** Lengthen the trail of an item whose `mark` says that its place belongs to it. */
    add(item, before) {
      if (item.mark === undefined || (before && before.mark === item.mark)) {
        return;
      }
      this._append(item.id, [item.x, item.y], item.at_s);
    }

    /** Begin anew after time ran back; else the trail goes on. */
    _append(id, [x, y], at) {
      const line = this.lines.get(id);
      if (line && at < line.at[line.at.length - 1]) {
        line.x.length = line.y.length = line.at.length = 0;
      }
      const held = line || { x: [], y: [], at: [] };
      held.x.push(x);
      held.y.push(y);
      held.at.push(at);
      if (held.at.length > MOST) {
        const keep = (_, i) => i % 2 === 0 || i > MOST - 2;
        for (const column of ["x", "y", "at"]) {
          held[column] = held[column].filter(keep);
        }
      }
      this.lines.set(id, held);
    }

    drop(id) {
      this.lines.delete(id);
    }

    _forget() {
      for (const [id, line] of this.lines) {
        let gone = 0;
        while (gone < line.at.length && line.at[gone] < this.now - this.length) {
          gone += 1;
        }
        if (gone === line.at.length) {
          this.lines.delete(id);
        } else if (gone) {
          line.x.splice(0, gone);
          line.y.splice(0, gone);
          line.at.splice(0, gone);
        }
      }
    }

    draw(context, frame) {
      context.clearRect(0, 0, frame.width, frame.height);
      if (frame.zoom < LEAST_ZOOM || !this.lines.size || !Muster.layers.shown("tracks", frame.zoom)) {
        return false;
      }
      const bands = Array.from({ length: BANDS }, () => new Path2D());
      const view = frame.bounds(20);
      for (const [id, line] of this.lines) {
        this._trace(bands, frame, view, line, this._head(id));
      }
      context.lineWidth = 1.6;
      context.lineJoin = "round";
      bands.forEach((path, band) => {
        const opacity = 0.06 + 0.54 * (band / (BANDS - 1)) ** 2;
        context.strokeStyle = Muster.faded("map.own", opacity * Muster.layers.alpha("tracks"));
        context.stroke(path);
      });
      return true;
    }

    /** Where the thing is now: its trail ends there, not at the last kept place. */
    _head(id) {
      const part = Muster.parts[id.startsWith("vehicles/") ? "vehicles" : "live"];
      return part && part.items.get(id);
    }

    _trace(bands, frame, view, line, head) {
      const last = line.at.length - 1;
      for (let i = 0; i <= last; i += 1) {
        const next = i < last ? i + 1 : -1;
        if (next < 0 && !head) {
          return;
        }
        const x = next < 0 ? head.x : line.x[next];
        const y = next < 0 ? head.y : line.y[next];
        const at = next < 0 ? head.at_s : line.at[next];
        const seen = Math.max(x, line.x[i]) > view[0] && Math.min(x, line.x[i]) < view[2]
          && Math.max(y, line.y[i]) > view[1] && Math.min(y, line.y[i]) < view[3];
        if (seen && at - line.at[i] <= GAP_S) {
          const age = Math.max(0, Math.min(1, (this.now - at) / this.length));
          const path = bands[Math.min(BANDS - 1, Math.floor((1 - age) * BANDS))];
          path.moveTo(frame.x(line.x[i]), frame.y(line.y[i]));
          path.lineTo(frame.x(x), frame.y(y));
        }
      }
    }

    /** Words for how long an item is silent, "" when it isn't. */
    silence(item) {
      const since = item.stale_s || (this.now - item.at_s > item.silent_s ? item.at_s : 0);
      if (!since) {
        return "";
      }
      return Muster.fill("silent", { time: span(Math.max(0, this.now - since)) });
    }
  }

  function span(seconds) {
    const two = (n) => String(n).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const rest = two(Math.floor((seconds % 3600) / 60)) + ":" + two(Math.floor(seconds % 60));
    return hours ? hours + ":" + rest : rest;
  }

  Muster.define("trails", (map) => new Trails(map));
})();
