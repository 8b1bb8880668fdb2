/* All text on the map: one canvas, the important first, nothing over anything else. */
"use strict";

(function () {
  const FONT = "12px MusterSans, sans-serif";
  const STRONG = "600 12px MusterSans, sans-serif";
  const LONGEST = 80;
  const FAR = [30, 52, 78];
  const CELL = 64;
  const EDGE = 4;
  const PANELS = ".muster-notes:not(.empty), .muster-wind:not(.empty), .muster-legend, "
    + ".leaflet-control, .muster-sources";

  class Labels {
    constructor(map, options) {
      this.map = map;
      this.providers = options.providers;
      this.widths = new Map();
      this.placed = 0;
      this.layer = new Muster.CanvasLayer({
        pane: "labels", padding: 0.05, draw: (context, frame) => this.draw(context, frame),
      }).addTo(map);
      Muster.watch("labels", () => this.layer.redraw());
      Muster.watch("fonts", () => {
        this.widths.clear();
        Muster.tell("redraw");
      });
    }

    draw(context, frame) {
      context.clearRect(0, 0, frame.width, frame.height);
      const wanted = [];
      for (const name of this.providers) {
        const part = Muster.parts[name];
        if (part && part.labels) {
          wanted.push(...part.labels(frame));
        }
      }
      wanted.sort((a, b) => a.rank - b.rank);
      this.taken = new Map();
      this.anchors = [];
      this.placed = 0;
      this._look(frame);
      context.textBaseline = "middle";
      context.lineJoin = "round";
      const bare = Muster.layers.off("labels");
      for (const label of wanted) {
        if (bare && label.rank > 3) {
          continue;
        }
        const outside = label.x < -60 || label.y < -20 || label.x > frame.width + 60 || label.y > frame.height + 20;
        if (!outside) {
          this._place(context, label);
        }
      }
    }

    /** The part of the canvas that is on screen, and what lies over it there. */
    _look(frame) {
      const container = this.map.getContainer();
      const size = this.map.getSize();
      const left = (frame.width - size.x) / 2;
      const top = (frame.height - size.y) / 2;
      this.view = [left + EDGE, top + EDGE, left + size.x - EDGE, top + size.y - EDGE];
      const origin = container.getBoundingClientRect();
      for (const panel of container.querySelectorAll(PANELS)) {
        const box = panel.getBoundingClientRect();
        if (box.width && box.height) {
          this._take(box.left - origin.left + left, box.top - origin.top + top, box.width, box.height);
        }
      }
    }

    /** Whether a text is whole on screen. */
    _whole(x, y, width, height) {
      const [left, top, right, bottom] = this.view;
      return x >= left && y >= top && x + width <= right && y + height <= bottom;
    }

    _place(context, label) {
      const text = cut(label.text);
      context.font = label.strong ? STRONG : FONT;
      const width = this._width(context, text);
      if (label.angle !== undefined) {
        this._turned(context, label, text, width);
        return;
      }
      const named = label.rank >= 5 && label.align !== "center";
      if (named && this.anchors.some(([x, y]) => Math.hypot(x - label.x, y - label.y) < 6)) {
        return;
      }
      const below = label.sub ? 15 : 0;
      const gap = label.gap || 0;
      const sub = label.sub ? cut(label.sub) : "";
      const box = Math.max(width, sub ? this._width(context, sub) : 0);
      const spots = label.align === "center"
        ? [[label.x - width / 2, label.y]]
        : [[label.x + gap, label.y], [label.x - gap - box, label.y],
           [label.x - box / 2, label.y - gap - 6 - below], [label.x - box / 2, label.y + gap + 6]];
      const whole = spots.filter(([x, y]) => this._whole(x, y - 8, box, 16 + below));
      let spot = whole.find(([x, y]) => this._free(x - 2, y - 8, box + 4, 16 + below));
      if (!spot && label.strong && label.align !== "center") {
        spot = this._farther(label, box, 16 + below, gap);
        if (spot) {
          this._leader(context, label, spot, box);
        }
      }
      if (!spot && label.rank <= 1) {
        spot = whole[0] || spots[0];
      }
      if (!spot) {
        return;
      }
      this._take(spot[0] - 2, spot[1] - 8, box + 4, 16 + below);
      this.anchors.push([label.x, label.y]);
      context.textAlign = "left";
      this._write(context, text, spot[0], spot[1], label.token);
      if (sub) {
        this._write(context, sub, spot[0], spot[1] + 15, label.sub_token || label.token);
      }
    }

    /** A free place farther off for what must be read, where all round it is taken. */
    _farther(label, box, height, gap) {
      for (const far of FAR) {
        const places = [
          [label.x + gap, label.y - far], [label.x + gap, label.y + far],
          [label.x - gap - box, label.y - far], [label.x - gap - box, label.y + far],
        ];
        const found = places.find(([x, y]) =>
          this._whole(x, y - 8, box, height) && this._free(x - 2, y - 8, box + 4, height)
        );
        if (found) {
          return found;
        }
      }
      return null;
    }

    _leader(context, label, [x, y], box) {
      context.beginPath();
      context.moveTo(label.x, label.y);
      context.lineTo(x > label.x ? x - 3 : x + box + 3, y);
      context.lineWidth = 1;
      context.strokeStyle = Muster.colour(label.token);
      context.stroke();
    }

    _turned(context, label, text, width) {
      const w = Math.abs(Math.cos(label.angle)) * width + 14;
      const h = Math.abs(Math.sin(label.angle)) * width + 14;
      if (!this._free(label.x - w / 2, label.y - h / 2, w, h)) {
        return;
      }
      this._take(label.x - w / 2, label.y - h / 2, w, h);
      context.save();
      context.translate(label.x, label.y);
      context.rotate(label.angle);
      context.textAlign = "center";
      this._write(context, text, 0, 0, label.token);
      context.restore();
    }

    _write(context, text, x, y, token) {
      context.lineWidth = 3;
      context.strokeStyle = Muster.colour("map.halo");
      context.strokeText(text, x, y);
      context.fillStyle = Muster.colour(token);
      context.fillText(text, x, y);
      this.placed += 1;
    }

    _width(context, text) {
      const name = context.font + text;
      if (!this.widths.has(name)) {
        if (this.widths.size > 20000) {
          this.widths.clear();
        }
        this.widths.set(name, context.measureText(text).width);
      }
      return this.widths.get(name);
    }

    _cells(x, y, width, height, visit) {
      for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row += 1) {
        for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column += 1) {
          if (visit(row * 4096 + column) === false) {
            return false;
          }
        }
      }
      return true;
    }

    _free(x, y, width, height) {
      return this._cells(x, y, width, height, (cell) =>
        !(this.taken.get(cell) || []).some(
          ([a, b, w, h]) => x < a + w && x + width > a && y < b + h && y + height > b
        )
      );
    }

    _take(x, y, width, height) {
      this._cells(x, y, width, height, (cell) => {
        if (!this.taken.has(cell)) {
          this.taken.set(cell, []);
        }
        this.taken.get(cell).push([x, y, width, height]);
        return true;
      });
    }
  }

  /* A name of 10,000 characters is data too: it is cut, by whole characters. */
  function cut(text) {
    if (text.length <= LONGEST) {
      return text;
    }
    return [...text.slice(0, 2 * LONGEST)].slice(0, LONGEST - 1).join("") + "…";
  }

  Muster.cut = cut;
  Muster.define("labels", (map, options) => new Labels(map, options));
})();
