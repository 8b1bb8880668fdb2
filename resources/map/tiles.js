/* Base maps out of tiles, over the world's own: cells of the screen's grid painted once each.
 *
 * A cell is a tile of the zoom that the screen shows (vector tiles on 512 px, pictures on their own
 * size). Beyond the last zoom of a map a cell is a part of its last tile, painted anew: sharp at
 * every zoom. Until a cell is painted, what is known of its surroundings stands in for it.
 */
"use strict";

(function () {
  const CELLS = 72;

  class BaseMap {
    constructor(about, changed) {
      this.about = about;
      this.store = new Muster.TileStore(about);
      this.cells = new Map(); // "c/x/y/zoom" → {canvas, zoom}
      this.changed = changed;
      this.revision = 0;
      this.missing = 0;
    }

    /** The zoom of the cells, and of the tiles they are cut from. */
    zooms(view) {
      const { vector, tile_px, min_zoom, max_zoom } = this.about;
      const cell = vector ? Math.floor(view + 1e-6) - 1 : Math.round(view + Math.log2(256 / tile_px));
      return { cell: Math.max(cell, min_zoom), source: Math.max(min_zoom, Math.min(cell, max_zoom)) };
    }

    /** Cells under a frame: {cell, x, y, left, top, width, height} in whole px of the canvas. */
    grid(frame) {
      const { cell } = this.zooms(frame.zoom);
      const size = 256 * Math.pow(2, frame.zoom - cell);
      const last = Math.pow(2, cell) - 1;
      const [west, south, east, north] = this.about.box;
      const a = Muster.world(north, west);
      const b = Muster.world(south, east);
      const range = (from, to, low, high) => [
        Math.max(0, Math.floor(Math.max(from, low) / size)),
        Math.min(last, Math.floor(Math.min(to, high) / size)),
      ];
      const [x0, x1] = range(frame.left, frame.left + frame.width - 1, a[0] * frame.scale, b[0] * frame.scale);
      const [y0, y1] = range(frame.top, frame.top + frame.height - 1, a[1] * frame.scale, b[1] * frame.scale);
      const cells = [];
      for (let y = y0; y <= y1; y += 1) {
        for (let x = x0; x <= x1; x += 1) {
          const left = Math.round(x * size);
          const top = Math.round(y * size);
          cells.push({
            cell: cell, x: x, y: y, left: left - frame.left, top: top - frame.top,
            width: Math.round((x + 1) * size) - left, height: Math.round((y + 1) * size) - top,
            size: size, exactLeft: x * size - left, exactTop: y * size - top,
          });
        }
      }
      const middle = [frame.width / 2, frame.height / 2];
      const far = (c) => Math.hypot(c.left + c.width / 2 - middle[0], c.top + c.height / 2 - middle[1]);
      return cells.sort((one, other) => far(one) - far(other));
    }

    /** The tile that a cell is cut from, and where in it the cell lies. */
    source(place, frame) {
      const { source } = this.zooms(frame.zoom);
      const times = Math.pow(2, place.cell - source);
      const x = Math.floor(place.x / times);
      const y = Math.floor(place.y / times);
      return {
        entry: this.store.want(source, x, y), times: times,
        column: place.x - x * times, row: place.y - y * times,
      };
    }

    draw(context, frame) {
      this.missing = 0;
      this.turn = (this.turn || 0) + 1;
      context.globalAlpha = this.about.opacity * Muster.layers.alpha("base");
      for (const place of this.grid(frame)) {
        const from = this.source(place, frame);
        if (from.entry.state === "loading") {
          this.missing += 1;
        }
        if (!this.about.vector) {
          this._picture(context, place, from);
        } else if (from.entry.state !== "empty") {
          this._cell(context, frame, place, from);
        }
      }
      context.globalAlpha = 1;
      this.store.settle();
      for (const [key, cell] of [...this.cells]) {
        if ((cell.job && cell.turn !== this.turn) || this.cells.size > CELLS) {
          this._drop(key, cell); // half painted and out of view, or one too many
        }
      }
    }

    _picture(context, place, from) {
      if (from.entry.state === "ready") {
        const image = from.entry.tile;
        const wide = image.width / from.times;
        const high = image.height / from.times;
        context.imageSmoothingEnabled = true;
        context.drawImage(
          image, from.column * wide, from.row * high, wide, high,
          place.left, place.top, place.width, place.height
        );
      } else {
        this._standIn(context, place, (z, x, y) => {
          const held = this.store.held.get(this.store.key(z, x, y));
          return held && held.state === "ready" ? held.tile : null;
        });
      }
    }

    _cell(context, frame, place, from) {
      const key = place.cell + "/" + place.x + "/" + place.y + "/" + frame.zoom;
      let cell = this.cells.get(key);
      if (from.entry.state === "ready" && !(cell && cell.revision === this.revision && cell.ratio === frame.ratio)) {
        cell = this._painted(key, cell, frame, place, from);
      } else if (cell) {
        this.cells.delete(key);
        this.cells.set(key, cell);
      }
      if (cell) {
        cell.turn = this.turn;
      }
      if (cell && cell.canvas) {
        context.drawImage(cell.canvas, place.left, place.top, place.width, place.height);
      } else {
        this.missing += 1;
        this._standIn(context, place, (z, x, y) => {
          const latest = this.newest && this.newest.get(z + "/" + x + "/" + y);
          return latest && latest.canvas;
        });
      }
    }

    /** Paint a cell beside the one that is shown until the new one is done. */
    _painted(key, old, frame, place, from) {
      const cell = {
        canvas: old ? old.canvas : null, revision: this.revision, ratio: frame.ratio, zoom: frame.zoom,
      };
      if (old && old.job) {
        old.job.cancelled = true;
      }
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(place.width * frame.ratio);
      canvas.height = Math.round(place.height * frame.ratio);
      const context = canvas.getContext("2d");
      context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
      const scale = (place.size * from.times) / from.entry.tile.extent;
      const dx = from.column * place.size - place.exactLeft;
      const dy = from.row * place.size - place.exactTop;
      const rim = 24;
      const window = {
        scale: scale, dx: dx, dy: dy,
        box: [(dx - rim) / scale, (dy - rim) / scale,
              (dx + place.width + rim) / scale, (dy + place.height + rim) / scale],
      };
      cell.job = Muster.slices.run(
        Muster.paintTile(context, from.entry.tile, window, frame.zoom),
        (_value, error) => {
          if (!error) {
            cell.canvas = canvas;
          }
          cell.job = null;
          this.newest = this.newest || new Map();
          this.newest.set(place.cell + "/" + place.x + "/" + place.y, cell);
          this.changed();
        }
      );
      this.cells.delete(key);
      this.cells.set(key, cell);
      return cell;
    }

    /** Draw the part of a larger cell, or the four smaller ones, that lie where a cell will be. */
    _standIn(context, place, find) {
      for (let up = 1; up <= 4; up += 1) {
        const times = Math.pow(2, up);
        const image = find(place.cell - up, Math.floor(place.x / times), Math.floor(place.y / times));
        if (image) {
          const wide = image.width / times;
          const high = image.height / times;
          context.drawImage(
            image, (place.x % times) * wide, (place.y % times) * high, wide, high,
            place.left, place.top, place.width, place.height
          );
          return;
        }
      }
      for (let part = 0; part < 4; part += 1) {
        const column = part % 2;
        const row = part >> 1;
        const image = find(place.cell + 1, 2 * place.x + column, 2 * place.y + row);
        if (image) {
          context.drawImage(
            image, place.left + (column * place.width) / 2, place.top + (row * place.height) / 2,
            place.width / 2, place.height / 2
          );
        }
      }
    }

    repaint() {
      this.revision += 1;
    }

    _drop(key, cell) {
      if (cell.job) {
        cell.job.cancelled = true;
      }
      this.cells.delete(key);
      const newest = key.split("/").slice(0, 3).join("/");
      if (this.newest && this.newest.get(newest) === cell) {
        this.newest.delete(newest);
      }
    }

    close() {
      for (const [key, cell] of [...this.cells]) {
        this._drop(key, cell);
      }
      this.store.clear();
    }

    /** Tiles in view that are decoded, with where they lie: for the names on them. */
    decoded(frame) {
      const seen = new Map();
      if (this.about.vector) {
        const { source } = this.zooms(frame.zoom);
        for (const place of this.grid(frame)) {
          const times = Math.pow(2, place.cell - source);
          const x = Math.floor(place.x / times);
          const y = Math.floor(place.y / times);
          const entry = this.store.held.get(this.store.key(source, x, y));
          if (entry && entry.state === "ready") {
            const size = place.size * times;
            seen.set(entry.key, {
              tile: entry.tile, left: x * size - frame.left, top: y * size - frame.top,
              scale: size / entry.tile.extent,
            });
          }
        }
      }
      return [...seen.values()];
    }
  }

  class Tiles {
    constructor(map) {
      this.map = map;
      this.maps = [];
      this.layer = new Muster.CanvasLayer({
        pane: "tiles", draw: (context, frame) => this.draw(context, frame),
      }).addTo(map);
      const box = Muster.element("div", "muster-basemap-said empty", map.getContainer());
      Muster.on("basemaps", (payload) => {
        box.replaceChildren();
        payload.said.forEach((line) => Muster.element("div", "", box, line));
        box.classList.toggle("empty", payload.said.length === 0);
        this.load(payload.maps);
      });
      Muster.watch("theme", () => this.maps.forEach((each) => each.repaint()));
      Muster.watch("tile", () => {
        this.layer.redraw();
        this._names();
      });
    }

    load(descriptions) {
      const held = new Map(this.maps.map((each) => [each.about.id, each]));
      this.maps = descriptions.map((about) => {
        const old = held.get(about.id);
        if (old && old.about.version === about.version) {
          held.delete(about.id);
          old.about = about;
          return old;
        }
        return new BaseMap(about, () => this.layer.redraw());
      });
      held.forEach((gone) => gone.close());
      this.layer.redraw();
      Muster.tell("labels");
    }

    draw(context, frame) {
      context.clearRect(0, 0, frame.width, frame.height);
      if (Muster.layers.off("base")) {
        return;
      }
      for (const each of this.maps) {
        each.draw(context, frame);
      }
    }

    /** Whether all that is in view is painted. */
    settled() {
      return this.maps.every((each) => each.missing === 0) && Muster.slices.waiting() === 0;
    }

    /** Place names once for many tiles that come one after the other. */
    _names() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => Muster.tell("labels"), 60);
    }

    labels(frame) {
      return Muster.layers.off("base") ? [] : this.maps.flatMap((each) => Muster.tileNames(each.decoded(frame), frame));
    }
  }

  Muster.define("tiles", (map) => new Tiles(map));
})();
