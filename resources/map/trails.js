/* Where moving things came from: a line behind each, fading with the operation's time. */
"use strict";

(function () {
  const GAP_S = 120;
  const BANDS = 6;
  const MOST = 360;
  const LEAST_ZOOM = 11;
  const COLUMNS = ["x", "y", "at"];

  /** Places with their times, oldest first, in room that is taken once. */
  class Line {
    constructor() {
      this.size = 0;
      for (const column of COLUMNS) {
        this[column] = new Float64Array(MOST);
      }
    }

    append(x, y, at) {
      if (this.size && at < this.at[this.size - 1]) {
        this.size = 0;
      }
      if (this.size === MOST) {
        this._thin();
      }
      this.x[this.size] = x;
      this.y[this.size] = y;
      this.at[this.size] = at;
      this.size += 1;
    }

    /** Keep every other place, and the last. */
    _thin() {
      const last = this.size - 1;
      this.size = Math.floor(this.size / 2);
      for (const column of COLUMNS) {
        const held = this[column];
        for (let i = 0; i < this.size; i += 1) {
          held[i] = held[2 * i];
        }
        held[this.size] = held[last];
      }
      this.size += 1;
    }

    forget(before) {
      let gone = 0;
      while (gone < this.size && this.at[gone] < before) {
        gone += 1;
      }
      if (gone) {
        for (const column of COLUMNS) {
          this[column].copyWithin(0, gone, this.size);
        }
        this.size -= gone;
      }
    }
  }

  /** Strokes of one opacity [px], in room that is kept: a path object a frame would pile up. */
  class Band {
    constructor() {
      this.ends = new Float32Array(4096);
      this.size = 0;
    }

    empty() {
      this.size = 0;
    }

    add(fromX, fromY, toX, toY) {
      if (this.size + 4 > this.ends.length) {
        const more = new Float32Array(2 * this.ends.length);
        more.set(this.ends);
        this.ends = more;
      }
      this.ends[this.size] = fromX;
      this.ends[this.size + 1] = fromY;
      this.ends[this.size + 2] = toX;
      this.ends[this.size + 3] = toY;
      this.size += 4;
    }

    stroke(context) {
      context.beginPath();
      for (let i = 0; i < this.size; i += 4) {
        context.moveTo(this.ends[i], this.ends[i + 1]);
        context.lineTo(this.ends[i + 2], this.ends[i + 3]);
      }
      context.stroke();
    }
  }

  class Trails {
    constructor(map) {
      this.map = map;
      this.lines = new Map();
      this.bands = Array.from({ length: BANDS }, () => new Band());
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
      let line = this.lines.get(id);
      if (!line) {
        line = new Line();
        this.lines.set(id, line);
      }
      line.append(x, y, at);
    }

    drop(id) {
      this.lines.delete(id);
    }

    _forget() {
      for (const [id, line] of this.lines) {
        line.forget(this.now - this.length);
        if (!line.size) {
          this.lines.delete(id);
        }
      }
    }

    draw(context, frame) {
      context.clearRect(0, 0, frame.width, frame.height);
      if (frame.zoom < LEAST_ZOOM || !this.lines.size || !Muster.layers.shown("tracks", frame.zoom)) {
        return false;
      }
      const view = frame.bounds(20);
      this.bands.forEach((band) => band.empty());
      for (const [id, line] of this.lines) {
        this._trace(frame, view, line, this._head(id));
      }
      context.lineWidth = 1.6;
      context.lineJoin = "round";
      this.bands.forEach((band, place) => {
        const opacity = 0.06 + 0.54 * (place / (BANDS - 1)) ** 2;
        context.strokeStyle = Muster.faded("map.own", opacity * Muster.layers.alpha("tracks"));
        band.stroke(context);
      });
      return true;
    }

    /** Where the thing is now: its trail ends there, not at the last kept place. */
    _head(id) {
      const part = Muster.parts[id.startsWith("vehicles/") ? "vehicles" : "live"];
      return part && part.items.get(id);
    }

    _trace(frame, view, line, head) {
      const { x, y, at, size } = line;
      for (let i = 0; i < size; i += 1) {
        const next = i + 1 < size ? i + 1 : -1;
        if (next < 0 && !head) {
          return;
        }
        const toX = next < 0 ? head.x : x[next];
        const toY = next < 0 ? head.y : y[next];
        const then = next < 0 ? head.at_s : at[next];
        const seen = Math.max(toX, x[i]) > view[0] && Math.min(toX, x[i]) < view[2]
          && Math.max(toY, y[i]) > view[1] && Math.min(toY, y[i]) < view[3];
        if (seen && then - at[i] <= GAP_S) {
          const age = Math.max(0, Math.min(1, (this.now - then) / this.length));
          const band = this.bands[Math.min(BANDS - 1, Math.floor((1 - age) * BANDS))];
          band.add(frame.x(x[i]), frame.y(y[i]), frame.x(toX), frame.y(toY));
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
