/* A canvas over the view, in a pane of its own: it moves with a drag and is drawn when it ends. */
"use strict";

Muster.Frame = class {
  constructor(map, topLeft, width, height, ratio) {
    const origin = map.getPixelOrigin();
    this.zoom = map.getZoom();
    this.width = width;
    this.height = height;
    this.ratio = ratio;
    this.scale = (256 * Math.pow(2, this.zoom)) / Muster.WORLD;
    this.left = origin.x + topLeft.x;
    this.top = origin.y + topLeft.y;
    this.topLeft = topLeft;
    this.named = new Set(); // names along lines that are placed, shared by all that name lines
  }

  /** Canvas pixel [CSS px] of a world position. */
  x(worldX) {
    return worldX * this.scale - this.left;
  }

  y(worldY) {
    return worldY * this.scale - this.top;
  }

  /** The world rectangle under the canvas, grown by `margin` CSS px. */
  bounds(margin) {
    const grow = margin || 0;
    return [
      (this.left - grow) / this.scale,
      (this.top - grow) / this.scale,
      (this.left + this.width + grow) / this.scale,
      (this.top + this.height + grow) / this.scale,
    ];
  }

  /** Metres on the ground per CSS px at the middle of the view. */
  metresPerPixel() {
    const middle = Muster.latLng(
      (this.left + this.width / 2) / this.scale,
      (this.top + this.height / 2) / this.scale
    );
    return (40075016.68 * Math.cos((middle.lat * Math.PI) / 180)) / (256 * Math.pow(2, this.zoom));
  }
};

/** Call back once the next picture is on the screen. */
Muster.painted = function (then) {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.addEventListener("message", () => then(), { once: true });
    channel.port1.start();
    channel.port2.postMessage(null);
  });
};

Muster.CanvasLayer = L.Layer.extend({
  options: { pane: "base", padding: 0.15, draw: null },

  initialize: function (options) {
    L.setOptions(this, options);
    this._asked = false;
    this.frame = null;
  },

  onAdd: function (map) {
    this._canvas = L.DomUtil.create("canvas", "muster-canvas", map.getPane(this.options.pane));
    this._context = this._canvas.getContext("2d", { willReadFrequently: !!this.options.pixels });
    map.on("moveend", this._reset, this);
    Muster.watch("redraw", () => this.redraw());
    this._reset();
  },

  onRemove: function (map) {
    map.off("moveend", this._reset, this);
    L.DomUtil.remove(this._canvas);
  },

  /** Draw with the next picture, once however often it is asked for. */
  redraw: function () {
    if (!this._asked) {
      this._asked = true;
      requestAnimationFrame(() => {
        this._asked = false;
        this._reset();
      });
    }
  },

  _reset: function () {
    const map = this._map;
    const size = map.getSize();
    if (size.x === 0 || size.y === 0) {
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    const pad = L.point(
      Math.round(size.x * this.options.padding), Math.round(size.y * this.options.padding)
    );
    const topLeft = map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
    const width = size.x + 2 * pad.x;
    const height = size.y + 2 * pad.y;
    const canvas = this._canvas;
    const pixelWidth = Math.round(width * ratio);
    const pixelHeight = Math.round(height * ratio);
    if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
      canvas.width = pixelWidth;
      canvas.height = pixelHeight;
      canvas.style.width = width + "px";
      canvas.style.height = height + "px";
    }
    L.DomUtil.setPosition(canvas, topLeft);
    this.frame = new Muster.Frame(map, topLeft, width, height, ratio);
    this._context.setTransform(ratio, 0, 0, ratio, 0, 0);
    /* a canvas with nothing on it still costs its share of every picture: it is taken out */
    const empty = this.options.draw(this._context, this.frame, canvas) === false;
    canvas.style.display = empty ? "none" : "";
  },
});

/* Panes, bottom up. A plume that vanishes under points has hidden people once: orders are set. */
Muster.define("panes", function (map, options) {
  for (const [name, order] of Object.entries(options.order)) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(order);
    if (options.silent.includes(name)) {
      pane.style.pointerEvents = "none";
    }
  }
});
