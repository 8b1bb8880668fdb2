/* Roads, buildings, water and plots around the site, drawn on the base canvas in class order. */
"use strict";

(function () {
  /* the layer of the catalogue that shows a class */
  function layerOf(name) {
    if (name.startsWith("road.")) {
      return "roads";
    }
    return name === "building" || name === "unit" ? "buildings" : "land";
  }

  class Vectors {
    constructor(map, options) {
      this.map = map;
      this.count = 0;
      this.names = [];
      this.version = 0;
      this.nameZoom = options.name_zoom || 15;
      this.layer = new Muster.CanvasLayer({
        pane: "site",
        draw: (context, frame) => {
          context.clearRect(0, 0, frame.width, frame.height);
          this.draw(context, frame);
        },
      }).addTo(map);
      Muster.on("vectors", (payload) => this.load(payload));
    }

    async load(payload) {
      this.version += 1;
      const version = this.version;
      if (!payload.url) {
        this.count = 0;
        this.layer.redraw();
        return;
      }
      const buffer = await (await fetch(payload.url)).arrayBuffer();
      const names = await (await fetch(payload.names_url)).json();
      if (version !== this.version) {
        return;
      }
      const head = new Uint32Array(buffer, 0, 2);
      const [count, points] = head;
      let at = 8;
      const take = (length) => {
        const part = new Uint32Array(buffer, at, length);
        at += 4 * length;
        return part;
      };
      this.count = count;
      this.starts = take(count + 1);
      this.boxes = take(4 * count);
      this.xs = take(points);
      this.ys = take(points);
      this.classes = new Uint8Array(buffer, at, count);
      this.classNames = payload.classes;
      this.names = names;
      this._runs();
      this.layer.redraw();
      Muster.tell("labels");
    }

    /** Features come sorted by class: keep where each class begins. */
    _runs() {
      this.runs = [];
      for (let i = 0; i < this.count; i += 1) {
        const last = this.runs[this.runs.length - 1];
        if (last && last.cls === this.classes[i]) {
          last.end = i + 1;
        } else {
          this.runs.push({ cls: this.classes[i], start: i, end: i + 1 });
        }
      }
    }

    draw(context, frame) {
      if (!this.count) {
        return;
      }
      const view = frame.bounds(20);
      for (const run of this.runs) {
        const name = this.classNames[run.cls];
        const [smallest, paint] = Muster.paints.paint(name);
        if (frame.zoom >= smallest && Muster.layers.shown(layerOf(name), frame.zoom)) {
          context.globalAlpha = Muster.layers.alpha(layerOf(name));
          this._run(context, frame, view, run, paint);
        }
      }
      context.globalAlpha = 1;
    }

    _run(context, frame, view, run, paint) {
      const tiny = 1.2 / frame.scale;
      context.beginPath();
      for (let i = run.start; i < run.end; i += 1) {
        if (this._shown(i, view) && !(paint.fill && this._smaller(i, tiny))) {
          this._trace(context, frame, i, !!paint.fill);
        }
      }
      if (paint.fill) {
        context.fillStyle = Muster.colour(paint.fill);
        context.fill("evenodd");
      }
      if (paint.stroke && !(frame.zoom < paint.strokeFrom)) {
        Muster.paints.casing(context, paint, frame.zoom);
        Muster.paints.line(context, paint, frame.zoom);
      }
    }

    _shown(i, view) {
      const box = this.boxes;
      return (
        box[4 * i] <= view[2] && box[4 * i + 2] >= view[0] &&
        box[4 * i + 1] <= view[3] && box[4 * i + 3] >= view[1]
      );
    }

    _smaller(i, size) {
      const box = this.boxes;
      return box[4 * i + 2] - box[4 * i] < size && box[4 * i + 3] - box[4 * i + 1] < size;
    }

    _trace(context, frame, i, closed) {
      const { scale, left, top } = frame;
      const end = this.starts[i + 1];
      let j = this.starts[i];
      context.moveTo(this.xs[j] * scale - left, this.ys[j] * scale - top);
      for (j += 1; j < end; j += 1) {
        context.lineTo(this.xs[j] * scale - left, this.ys[j] * scale - top);
      }
      if (closed) {
        context.closePath();
      }
    }

    /** Names of what is in view, for the label part: areas at their middle, roads along them. */
    labels(frame) {
      if (!this.count || frame.zoom < this.nameZoom - 2) {
        return [];
      }
      const view = frame.bounds(0);
      const wanted = [];
      const seen = frame.named;
      for (const run of this.runs) {
        const cls = this.classNames[run.cls];
        if (Muster.layers.off(layerOf(cls))) {
          continue;
        }
        const isRoad = cls.startsWith("road.") || cls === "river" || cls === "rack";
        const main = isRoad && Muster.paints.isMain(cls);
        if (frame.zoom < this.nameZoom - (main || cls === "water" || cls === "plot" ? 2 : 0)) {
          continue;
        }
        for (let i = run.start; i < run.end; i += 1) {
          if (this.names[i] && this._shown(i, view)) {
            const label = isRoad ? this._along(i, frame, seen) : this._middle(i, frame, cls);
            if (label) {
              wanted.push(label);
            }
          }
        }
      }
      return wanted;
    }

    _middle(i, frame, cls) {
      const box = this.boxes;
      const wide = (box[4 * i + 2] - box[4 * i]) * frame.scale;
      const text = this.names[i];
      if (wide < 26 || wide < text.length * 4) {
        return null;
      }
      return {
        x: frame.x((box[4 * i] + box[4 * i + 2]) / 2),
        y: frame.y((box[4 * i + 1] + box[4 * i + 3]) / 2),
        text: text, rank: cls === "plot" ? 5 : 8, align: "center",
        token: cls === "water" ? "map.water_text" : "map.place_text",
      };
    }

    /** A name on the longest straight piece in view; one per name and 320 px of screen. */
    _along(i, frame, seen) {
      let best = 0;
      let at = -1;
      for (let j = this.starts[i]; j + 1 < this.starts[i + 1]; j += 1) {
        const x = frame.x((this.xs[j] + this.xs[j + 1]) / 2);
        const y = frame.y((this.ys[j] + this.ys[j + 1]) / 2);
        const inside = x > 0 && y > 0 && x < frame.width && y < frame.height;
        const length = Math.hypot(this.xs[j + 1] - this.xs[j], this.ys[j + 1] - this.ys[j]);
        if (inside && length > best) {
          best = length;
          at = j;
        }
      }
      const text = this.names[i];
      if (at < 0 || best * frame.scale < Math.min(70, text.length * 6)) {
        return null;
      }
      const x = frame.x((this.xs[at] + this.xs[at + 1]) / 2);
      const y = frame.y((this.ys[at] + this.ys[at + 1]) / 2);
      const place = text + Math.floor(x / 320) + "," + Math.floor(y / 320);
      if (seen.has(place)) {
        return null;
      }
      seen.add(place);
      let angle = Math.atan2(this.ys[at + 1] - this.ys[at], this.xs[at + 1] - this.xs[at]);
      if (angle > Math.PI / 2 || angle <= -Math.PI / 2) {
        angle += Math.PI;
      }
      return { x: x, y: y, text: text, rank: 9, align: "center", angle: angle, token: "map.road_text" };
    }
  }

  Muster.define("vectors", (map, options) => new Vectors(map, options));
})();
