/* Roads, buildings, water and plots around the site, drawn on the base canvas in class order. */
"use strict";

(function () {
  const roadWidth = (zoom, wide) => Math.max(0.6, wide * Math.pow(1.42, zoom - 15));
  const ROADS = {
    motorway: [7, 6], trunk: [8, 6], primary: [9, 5], secondary: [11, 4.2], tertiary: [12, 3.6],
    minor: [13, 2.6], service: [15, 1.6], track: [15, 1.2],
  };
  /* class → [smallest zoom, painter] */
  const PAINTS = {
    water: [0, { fill: "map.water" }],
    river: [0, { stroke: "map.water", width: (zoom) => Math.max(1.2, roadWidth(zoom, 4)) }],
    green: [10, { fill: "map.green" }],
    plot: [11, { fill: "map.plot", stroke: "map.plot_line", width: () => 1 }],
    building: [13, { fill: "map.building", stroke: "map.building_line", width: () => 0.8 }],
    unit: [13, { fill: "map.unit", stroke: "map.unit_line", width: () => 1 }],
    rail: [11, { stroke: "map.rail", width: () => 1.2, dash: [7, 4] }],
    rack: [13, { stroke: "map.rack", width: (zoom) => Math.max(1, roadWidth(zoom, 1.6)), dash: [9, 3] }],
    line: [13, { stroke: "map.plot_line", width: () => 1 }],
  };
  for (const [name, [smallest, wide]] of Object.entries(ROADS)) {
    PAINTS["road." + name] = [smallest, {
      stroke: wide >= 4 ? "map.road_main" : "map.road",
      width: (zoom) => roadWidth(zoom, wide), round: true, road: true,
    }];
  }

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
      Muster.on("vectors", (payload) => this.load(payload));
    }

    async load(payload) {
      this.version += 1;
      const version = this.version;
      if (!payload.url) {
        this.count = 0;
        Muster.parts.base.redraw();
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
      Muster.parts.base.redraw();
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
        const [smallest, paint] = PAINTS[name] || PAINTS.line;
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
      if (paint.stroke) {
        context.setLineDash(paint.dash || []);
        context.lineJoin = "round";
        context.lineCap = paint.round ? "round" : "butt";
        const width = paint.width(frame.zoom);
        if (paint.road && width > 3.5) {
          context.strokeStyle = Muster.colour("map.road_casing");
          context.lineWidth = width + 1.5;
          context.stroke();
        }
        context.strokeStyle = Muster.colour(paint.stroke);
        context.lineWidth = width;
        context.stroke();
        context.setLineDash([]);
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
      const seen = new Set();
      for (const run of this.runs) {
        const cls = this.classNames[run.cls];
        if (Muster.layers.off(layerOf(cls))) {
          continue;
        }
        const isRoad = cls.startsWith("road.") || cls === "river" || cls === "rack";
        const main = isRoad && ROADS[cls.slice(5)] && ROADS[cls.slice(5)][1] >= 4;
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
