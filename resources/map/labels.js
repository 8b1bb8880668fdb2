/* All text on the map: one canvas, the important first, nothing over anything else. */
"use strict";

(function () {
  const FONT = "12px MusterSans, sans-serif";
  const STRONG = "600 12px MusterSans, sans-serif";
  const LONGEST = 80;
  const LINE = 16;
  const SUB = 15;
  const EDGE = 4;
  const WIDEST = 240;
  const VALUE_STEP = 12;
  const BARE_RANK = 3;
  const PANELS = ".muster-notes:not(.empty), .muster-wind:not(.empty), .muster-legend, "
    + ".leaflet-control, .muster-sources";

  class Labels {
    constructor(map, options) {
      this.map = map;
      this.providers = options.providers;
      this.widths = new Map();
      this.places = new Muster.LabelPlaces();
      this.shown = [];
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
      const wanted = this._wanted(frame);
      wanted.forEach((label) => this._measure(context, label));
      this.shown = wanted.length ? this.places.choose(wanted, this._ground(frame)) : [];
      context.textBaseline = "middle";
      context.lineJoin = "round";
      this.placed = 0;
      this.shown.forEach((place) => place.line && this._line(context, place));
      this.shown.forEach((place) => this._text(context, place));
    }

    _wanted(frame) {
      const bare = Muster.layers.off("labels");
      const found = [];
      for (const name of this.providers) {
        const part = Muster.parts[name];
        for (const label of (part && part.labels && part.labels(frame)) || []) {
          const outside = label.x < -60 || label.y < -20 || label.x > frame.width + 60 || label.y > frame.height + 20;
          if (!outside && !(bare && label.rank > BARE_RANK)) {
            found.push(label);
          }
        }
      }
      return found;
    }

    /** Give a label its cut texts and its size; a value has room to change in without moving. */
    _measure(context, label) {
      const steady = (width) => Math.ceil(width / VALUE_STEP) * VALUE_STEP;
      context.font = label.strong ? STRONG : FONT;
      label.text = cut(label.text);
      label.sub = label.sub ? cut(label.sub) : "";
      label.gap = label.gap || 0;
      const wide = (text) => this._width(context, text) > WIDEST;
      label.lines = label.strong ? broken(label.text, wide) : [label.text];
      const width = Math.max(...label.lines.map((line) => this._width(context, line)));
      label.value = label.value || !!label.sub;
      label.width = label.value ? steady(width) : width;
      label.height = LINE * label.lines.length;
      if (label.sub) {
        label.width = Math.max(label.width, steady(this._width(context, label.sub)));
        label.height += SUB;
      }
    }

    /** The part of the canvas that is on screen, what lies over it there, and the symbols on it. */
    _ground(frame) {
      const container = this.map.getContainer();
      const size = this.map.getSize();
      const left = (frame.width - size.x) / 2;
      const top = (frame.height - size.y) / 2;
      const origin = container.getBoundingClientRect();
      const panels = [];
      for (const panel of container.querySelectorAll(PANELS)) {
        const box = panel.getBoundingClientRect();
        if (box.width && box.height) {
          panels.push([box.left - origin.left + left, box.top - origin.top + top, box.width, box.height]);
        }
      }
      const cover = new Muster.Cover(frame.width, frame.height);
      for (const name of this.providers) {
        const part = Muster.parts[name];
        if (part && part.covers) {
          part.covers(frame, cover);
        }
      }
      return {
        zoom: frame.zoom, panels: panels, cover: cover,
        view: [left + EDGE, top + EDGE, left + size.x - EDGE, top + size.y - EDGE],
      };
    }

    _line(context, { label, line }) {
      for (const [token, width] of [["map.halo", 3], [label.token, 1]]) {
        context.beginPath();
        context.moveTo(line[0], line[1]);
        context.lineTo(line[2], line[3]);
        context.lineWidth = width;
        context.strokeStyle = Muster.colour(token);
        context.stroke();
      }
    }

    _text(context, { label, x, y, side }) {
      context.font = label.strong ? STRONG : FONT;
      context.textAlign = side;
      if (label.angle !== undefined) {
        context.save();
        context.translate(x, y);
        context.rotate(label.angle);
        this._write(context, label.text, 0, 0, label.token);
        context.restore();
        return;
      }
      const at = x + { left: 0, center: label.width / 2, right: label.width }[side];
      label.lines.forEach((line, n) => this._write(context, line, at, y + LINE * (n + 0.5), label.token));
      if (label.sub) {
        const below = y + LINE * (label.lines.length - 0.5) + SUB;
        this._write(context, label.sub, at, below, label.sub_token || label.token);
      }
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
  }

  /* A name of 10,000 characters is data too: it is cut, by whole characters. */
  function cut(text) {
    if (text.length <= LONGEST) {
      return text;
    }
    return [...text.slice(0, 2 * LONGEST)].slice(0, LONGEST - 1).join("") + "…";
  }

  /* A name that is too wide in lines: broken between its parts, else between words, else in two. */
  function broken(text, wide) {
    if (!wide(text)) {
      return [text];
    }
    for (const gap of [" · ", " "]) {
      const parts = text.split(gap);
      if (parts.length > 1) {
        return [].concat(...joined(parts, gap, wide).map((line) => broken(line, wide)));
      }
    }
    const whole = [...text];
    const middle = Math.ceil(whole.length / 2);
    if (whole.length < 2) {
      return [text];
    }
    return [...broken(whole.slice(0, middle).join(""), wide), ...broken(whole.slice(middle).join(""), wide)];
  }

  /* As many parts to a line as fit, but for the first: a line has to begin somewhere. */
  function joined(parts, gap, wide) {
    const lines = [];
    let line = parts[0];
    for (const part of parts.slice(1)) {
      if (wide(line + gap + part)) {
        lines.push(line);
        line = part;
      } else {
        line += gap + part;
      }
    }
    return [...lines, line];
  }

  Muster.cut = cut;
  Muster.broken = broken;
  Muster.define("labels", (map, options) => new Labels(map, options));
})();
