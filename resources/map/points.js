/* Bulk points: fetched as arrays, stamped into one picture, found by a grid, gathered far out. */
"use strict";

(function () {
  const CELL = 32;
  const DOT_ZOOM = 11;
  const DOT_RADIUS = 2;
  const FEW = 40;
  const MANY = 2000;
  const LABELS = 1500;

  class Points {
    constructor(map) {
      this.map = map;
      this.count = 0;
      this.asked = 0;
      this.applied = 0;
      this.groups = [];
      this.styles = [];
      this.names = null;
      this.urls = {};
      this.held = -1;
      this.kept = null;
      this.clusters = new Muster.Clusters();
      this.picture = new Muster.Picture();
      this.grid = null;
      this._hold(0);
      this.layer = new Muster.CanvasLayer({
        pane: "bulk", padding: 0.1, draw: (context, frame, canvas) => this.draw(context, frame, canvas),
      }).addTo(map);
      Muster.on("points", (payload) => this.load(payload));
    }

    /** Take a message: only what has a new address is fetched; an older answer never wins. */
    async load(payload) {
      this.asked += 1;
      const number = this.asked;
      const [places, style] = payload.count
        ? await Promise.all([
          bytes(payload.url), payload.style_url === this.urls.style ? this.style : bytes(payload.style_url),
        ])
        : [null, null];
      if (number < this.applied) {
        return;
      }
      this.applied = number;
      this._take(payload, places, style);
      this._seek();
      const start = performance.now();
      this.layer._reset();
      const spent = performance.now() - start;
      Muster.painted(() => Muster.send("drawn", {
        part: "points", count: this.count, version: payload.version, draw_ms: spent,
      }));
      Muster.tell("points");
      Muster.tell("labels");
      this._name(payload);
    }

    _take(payload, places, style) {
      if (payload.count !== this.count || payload.style_url !== this.urls.style) {
        this._hold(payload.count);
      }
      this.count = payload.count;
      this.groups = payload.groups;
      this.styles = payload.styles;
      this.urls.style = payload.style_url;
      if (places) {
        this.xs = new Uint32Array(places.buffer, 0, this.count);
        this.ys = new Uint32Array(places.buffer, 4 * this.count, this.count);
        this.style = style;
      }
    }

    _hold(count) {
      this.order = new Int32Array(count);
      this.next = null;
      this.marked = new Uint8Array(count);
    }

    async _name(payload) {
      if (payload.names_url === this.urls.names) {
        return;
      }
      this.urls.names = payload.names_url;
      this.names = null;
      const names = payload.count ? await (await fetch(payload.names_url)).json() : null;
      if (payload.names_url === this.urls.names) {
        this.names = names;
        Muster.tell("labels");
      }
    }

    shown(group, zoom) {
      return group.end > group.start && zoom >= group.from_zoom && Muster.layers.shown(group.layer, zoom);
    }

    /** The groups that a zoom shows, the lowest layer first: [stamped each, gathered in clusters]. */
    split(zoom) {
      const shown = this.groups.filter((group) => this.shown(group, zoom));
      shown.sort((a, b) => Muster.layers.below(a.layer, b.layer));
      const far = shown.filter((group) => zoom < group.cluster_below);
      const many = far.reduce((sum, group) => sum + group.end - group.start, 0) > FEW;
      return many ? [shown.filter((group) => !far.includes(group)), far] : [shown, []];
    }

    draw(context, frame, canvas) {
      this.grid = null;
      this.clusters.clear();
      if (!this.count) {
        context.clearRect(0, 0, frame.width, frame.height);
        return;
      }
      this.picture.begin(canvas.width, canvas.height);
      const [each, far] = this.split(frame.zoom);
      for (const group of each) {
        this._stamp(group, frame, this._sprites(group, frame, this.tiny(group, frame.zoom)));
      }
      if (far.length) {
        this.clusters.gather(this, far, frame);
        this.clusters.singles.forEach((i) => this._stampOne(i, frame));
      }
      this.picture.show(context);
      this.clusters.draw(context);
    }

    /** Whether a group is so large that far out each point is a dot. */
    tiny(group, zoom) {
      return zoom < DOT_ZOOM && group.end - group.start > MANY;
    }

    _sprites(group, frame, tiny) {
      const alpha = Muster.layers.alpha(group.layer);
      const sprites = this.styles.map((style) =>
        tiny ? Muster.symbols.dot("map.symbol", frame.ratio, DOT_RADIUS, alpha) : Muster.symbols.sprite(style, frame.ratio, alpha)
      );
      this.picture.ready(sprites);
      return sprites;
    }

    _stampOne(i, frame) {
      const sprite = Muster.symbols.sprite(
        this.styles[this.style[i]], frame.ratio, Muster.layers.alpha(this.group(i).layer)
      );
      this.picture.ready([sprite]);
      const x = Math.round(frame.x(this.xs[i]) * frame.ratio);
      this.picture.put(sprite, x, Math.round(frame.y(this.ys[i]) * frame.ratio));
    }

    /** Stamp a group; of points that lie within 4 px of each other the one on top is enough. */
    _stamp(group, frame, sprites) {
      const { xs, ys, style, order, picture } = this;
      const { width, height } = picture;
      const scale = frame.scale * frame.ratio;
      const left = frame.left * frame.ratio - 0.5;
      const top = frame.top * frame.ratio - 0.5;
      const fine = frame.ratio > 1 ? 3 : 2;
      const across = (width >> fine) + 1;
      const taken = new Uint8Array(across * ((height >> fine) + 1));
      const edge = 14 * frame.ratio;
      let kept = 0;
      for (let i = group.end - 1; i >= group.start; i -= 1) {
        const x = xs[i] * scale - left;
        const y = ys[i] * scale - top;
        if (x >= -edge && y >= -edge && x < width + edge && y < height + edge) {
          if (x >= 0 && y >= 0 && x < width && y < height) {
            const cell = (y >> fine) * across + (x >> fine);
            if (taken[cell]) {
              continue;
            }
            taken[cell] = 1;
          }
          order[kept] = i;
          kept += 1;
        }
      }
      for (let k = kept - 1; k >= 0; k -= 1) {
        const i = order[k];
        picture.put(sprites[style[i]], Math.floor(xs[i] * scale - left), Math.floor(ys[i] * scale - top));
      }
    }

    /** Cells of what can be pointed at, made when somebody points for the first time. */
    _grid(frame) {
      const columns = Math.ceil(frame.width / CELL) + 2;
      const rows = Math.ceil(frame.height / CELL) + 2;
      const heads = new Int32Array(columns * rows).fill(-1);
      this.next = this.next || new Int32Array(this.count);
      const enter = (i) => {
        const column = Math.floor(frame.x(this.xs[i]) / CELL) + 1;
        const row = Math.floor(frame.y(this.ys[i]) / CELL) + 1;
        if (column >= 0 && row >= 0 && column < columns && row < rows) {
          this.next[i] = heads[row * columns + column];
          heads[row * columns + column] = i;
        }
      };
      this.apart(frame.zoom, enter);
      return { columns: columns, rows: rows, heads: heads };
    }

    /** Canvas position of a container position. */
    at(containerPoint) {
      return this.map.containerPointToLayerPoint(containerPoint).subtract(this.layer.frame.topLeft);
    }

    /** The nearest point within `reach` CSS px of a container position, or -1. */
    find(containerPoint, reach) {
      const frame = this.layer.frame;
      if (!frame || !this.count) {
        return -1;
      }
      this.grid = this.grid || this._grid(frame);
      const { columns, rows, heads } = this.grid;
      const { x, y } = this.at(containerPoint);
      const column = Math.floor(x / CELL) + 1;
      const row = Math.floor(y / CELL) + 1;
      let found = -1;
      let best = reach * reach;
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r += 1) {
        for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c += 1) {
          for (let i = heads[r * columns + c]; i >= 0; i = this.next[i]) {
            const far = (frame.x(this.xs[i]) - x) ** 2 + (frame.y(this.ys[i]) - y) ** 2;
            if (far < best || (far === best && i > found)) {
              best = far;
              found = i;
            }
          }
        }
      }
      return found;
    }

    /** Keep the point at a place out of clusters: what is selected is never swallowed. */
    hold(place) {
      const known = place && typeof place.lat === "number";
      this.kept = known ? Muster.world(place.lat, place.lon) : null;
      const before = this.held;
      this._seek();
      if (this.held !== before) {
        this.layer.redraw();
      }
    }

    _seek() {
      this.held = -1;
      for (let i = 0; this.kept && i < this.count && this.held < 0; i += 1) {
        if (Math.abs(this.xs[i] - this.kept[0]) <= 1 && Math.abs(this.ys[i] - this.kept[1]) <= 1) {
          this.held = i;
        }
      }
    }

    cluster(containerPoint) {
      if (!this.layer.frame) {
        return null;
      }
      const { x, y } = this.at(containerPoint);
      return this.clusters.at(x, y);
    }

    /** Indices of all shown points (those in clusters too) for which `inside(x, y)` in world units. */
    within(inside) {
      const found = [];
      const zoom = this.map.getZoom();
      for (const group of this.groups) {
        if (this.shown(group, zoom)) {
          for (let i = group.start; i < group.end; i += 1) {
            if (inside(this.xs[i], this.ys[i])) {
              found.push(i);
            }
          }
        }
      }
      return found;
    }

    /** Visit what a zoom shows one by one: the important kinds first, each from north to south. */
    apart(zoom, visit) {
      const groups = [...this.split(zoom)[0]].sort((a, b) => a.rank - b.rank);
      for (const group of groups) {
        for (let i = group.start; i < group.end; i += 1) {
          visit(i);
        }
      }
      this.clusters.singles.forEach(visit);
    }

    group(index) {
      return this.groups.find((group) => index >= group.start && index < group.end);
    }

    /** Enter what is drawn into the cover that names keep off. */
    covers(frame, cover) {
      const [west, north, east, south] = frame.bounds(0);
      const radii = this.styles.map((style) => Muster.symbols.reach(style));
      const enter = (i, tiny) => {
        const x = this.xs[i];
        const y = this.ys[i];
        if (x > west && x < east && y > north && y < south) {
          cover.mark(frame.x(x), frame.y(y), tiny ? DOT_RADIUS : radii[this.style[i]], 1);
        }
      };
      for (const group of this.count ? this.split(frame.zoom)[0] : []) {
        const tiny = this.tiny(group, frame.zoom);
        for (let i = group.start; i < group.end; i += 1) {
          enter(i, tiny);
        }
      }
      this.clusters.singles.forEach((i) => enter(i, false));
      const mine = this.layer.frame;
      for (const cluster of this.clusters.list) {
        cover.mark(cluster.x + mine.left - frame.left, cluster.y + mine.top - frame.top, cluster.radius, 2);
      }
    }

    /** Names at the zooms where there is room for them. */
    labels(frame) {
      const wanted = [];
      if (!this.names || !this.count) {
        return wanted;
      }
      const [west, north, east, south] = frame.bounds(0);
      for (const group of [...this.groups].sort((a, b) => a.rank - b.rank)) {
        if (!this.shown(group, frame.zoom) || frame.zoom < group.name_zoom) {
          continue;
        }
        for (let i = group.start; i < group.end && wanted.length < LABELS; i += 1) {
          const x = this.xs[i];
          const y = this.ys[i];
          if (x > west && x < east && y > north && y < south && this.names[i]) {
            wanted.push({
              x: frame.x(x), y: frame.y(y), text: this.names[i], rank: group.rank, gap: 10,
              token: "map.label", key: "points/" + i,
            });
          }
        }
      }
      return wanted;
    }
  }

  async function bytes(url) {
    return new Uint8Array(await (await fetch(url)).arrayBuffer());
  }

  Muster.define("points", (map) => new Points(map));
})();
