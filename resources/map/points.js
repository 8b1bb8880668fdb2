/* Bulk points: stamped into one ImageData, found by a grid, gathered in clusters far out. */
"use strict";

(function () {
  const CELL = 32;
  const CLUSTER = 64;
  const DOT_ZOOM = 11;

  class Points {
    constructor(map, options) {
      this.map = map;
      this.options = options;
      this.count = 0;
      this.version = 0;
      this.groups = [];
      this.names = null;
      this.clusters = [];
      this.layer = new Muster.CanvasLayer({
        pane: "bulk", padding: 0.1, pixels: true,
        draw: (context, frame, canvas) => this.draw(context, frame, canvas),
      }).addTo(map);
      Muster.on("points", (payload, message) => this.load(payload, message));
    }

    async load(payload) {
      this.version += 1;
      const version = this.version;
      const buffer = payload.count ? await (await fetch(payload.url)).arrayBuffer() : null;
      if (version !== this.version) {
        return;
      }
      this.count = payload.count;
      this.groups = payload.groups;
      this.styles = payload.styles;
      if (buffer) {
        this.xs = new Uint32Array(buffer, 0, this.count);
        this.ys = new Uint32Array(buffer, 4 * this.count, this.count);
        this.style = new Uint8Array(buffer, 8 * this.count, this.count);
      }
      const start = performance.now();
      this.layer._reset();
      Muster.send("drawn", {
        part: "points", count: this.count, version: payload.version,
        draw_ms: performance.now() - start,
      });
      Muster.tell("labels");
      Muster.tell("legend");
      if (payload.names_url && payload.count) {
        const names = await (await fetch(payload.names_url)).json();
        if (version === this.version) {
          this.names = names;
          Muster.tell("labels");
        }
      } else if (!payload.keep_names) {
        this.names = null;
      }
    }

    shown(group, zoom) {
      return zoom >= group.from_zoom && Muster.layers.shown(group.layer, zoom);
    }

    draw(context, frame, canvas) {
      this.clusters = [];
      this.grid = null;
      const width = canvas.width;
      const height = canvas.height;
      context.clearRect(0, 0, frame.width, frame.height);
      if (!this.count) {
        return;
      }
      const image = new ImageData(width, height);
      const pixels = new Uint32Array(image.data.buffer);
      this._startGrid(frame);
      for (const run of this._runs(frame.zoom)) {
        const count = run.reduce((sum, group) => sum + group.end - group.start, 0);
        if (frame.zoom < run[0].cluster_below && count > 40) {
          this._cluster(run, frame, pixels, width, height);
        } else {
          run.forEach((group) => this._stampGroup(group, frame, pixels, width, height));
        }
      }
      context.putImageData(image, 0, 0);
      this._drawClusters(context, frame);
    }

    /** The groups to draw, the lowest layer first; neighbours of one kind are gathered together. */
    _runs(zoom) {
      const runs = [];
      const wanted = this.groups.filter((group) => this.shown(group, zoom));
      wanted.sort((a, b) => Muster.layers.below(a.layer, b.layer));
      for (const group of wanted) {
        const last = runs[runs.length - 1];
        if (last && last[0].kind === group.kind) {
          last.push(group);
        } else {
          runs.push([group]);
        }
      }
      return runs;
    }

    _startGrid(frame) {
      const columns = Math.ceil(frame.width / CELL) + 2;
      const rows = Math.ceil(frame.height / CELL) + 2;
      if (!this.next || this.next.length < this.count) {
        this.next = new Int32Array(this.count);
      }
      this.grid = { columns: columns, rows: rows, heads: new Int32Array(columns * rows).fill(-1) };
    }

    _sprites(frame, layer) {
      const ratio = frame.ratio;
      const alpha = Muster.layers.alpha(layer);
      return this.styles.map((style) =>
        frame.zoom < DOT_ZOOM
          ? Muster.symbols.dot("map.symbol", ratio, 2, alpha)
          : Muster.symbols.sprite(style, ratio, alpha)
      );
    }

    _stampGroup(group, frame, pixels, width, height) {
      const sprites = this._sprites(frame, group.layer);
      const { scale, left, top, ratio } = frame;
      const { xs, ys, style, next } = this;
      const { columns, heads } = this.grid;
      const right = frame.width + 12;
      const bottom = frame.height + 12;
      for (let i = group.start; i < group.end; i += 1) {
        const x = xs[i] * scale - left;
        const y = ys[i] * scale - top;
        if (x > -12 && y > -12 && x < right && y < bottom) {
          stamp(pixels, width, height, sprites[style[i]], Math.round(x * ratio), Math.round(y * ratio));
          const cell = (Math.floor(y / CELL) + 1) * columns + Math.floor(x / CELL) + 1;
          next[i] = heads[cell];
          heads[cell] = i;
        }
      }
    }

    /** Count a run by screen cell fixed to the ground; single points are stamped as they are. */
    _cluster(run, frame, pixels, width, height) {
      const cells = new Map();
      run.forEach((group) => this._count(group, frame, cells));
      for (const cell of cells.values()) {
        if (cell.n === 1) {
          const single = { start: cell.first, end: cell.first + 1, layer: cell.group.layer };
          this._stampGroup(single, frame, pixels, width, height);
        } else {
          this.clusters.push({ n: cell.n, x: cell.x / cell.n, y: cell.y / cell.n, group: cell.group });
        }
      }
    }

    _count(group, frame, cells) {
      const { scale, left, top } = frame;
      for (let i = group.start; i < group.end; i += 1) {
        const px = this.xs[i] * scale;
        const py = this.ys[i] * scale;
        const x = px - left;
        const y = py - top;
        if (x > -CLUSTER && y > -CLUSTER && x < frame.width + CLUSTER && y < frame.height + CLUSTER) {
          const key = Math.floor(py / CLUSTER) * 4194304 + Math.floor(px / CLUSTER);
          const cell = cells.get(key);
          if (cell) {
            cell.n += 1;
            cell.x += x;
            cell.y += y;
          } else {
            cells.set(key, { n: 1, x: x, y: y, first: i, group: group });
          }
        }
      }
    }

    _drawClusters(context, frame) {
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.lineWidth = 1;
      for (const cluster of this.clusters) {
        cluster.radius = 9 + 3.2 * Math.log10(cluster.n);
        context.beginPath();
        context.arc(cluster.x, cluster.y, cluster.radius, 0, 2 * Math.PI);
        context.fillStyle = Muster.faded("map.pane", 0.92);
        context.fill();
        context.strokeStyle = Muster.colour("map.symbol_mid");
        context.stroke();
        context.font = "600 11px MusterSans, sans-serif";
        context.fillStyle = Muster.colour("text");
        context.fillText(brief(cluster.n), cluster.x, cluster.y + 0.5);
      }
      this.frame = frame;
    }

    /** The nearest point within `reach` CSS px of a container position, or -1. */
    find(containerPoint, reach) {
      const frame = this.layer.frame;
      if (!frame || !this.grid) {
        return -1;
      }
      const layerPoint = this.map.containerPointToLayerPoint(containerPoint);
      const x = layerPoint.x - frame.topLeft.x;
      const y = layerPoint.y - frame.topLeft.y;
      let found = -1;
      let best = reach * reach;
      const column = Math.floor(x / CELL) + 1;
      const row = Math.floor(y / CELL) + 1;
      for (let r = row - 1; r <= row + 1; r += 1) {
        for (let c = column - 1; c <= column + 1; c += 1) {
          if (r < 0 || c < 0 || r >= this.grid.rows || c >= this.grid.columns) {
            continue;
          }
          for (let i = this.grid.heads[r * this.grid.columns + c]; i >= 0; i = this.next[i]) {
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

    cluster(containerPoint) {
      const frame = this.layer.frame;
      if (!frame) {
        return null;
      }
      const layerPoint = this.map.containerPointToLayerPoint(containerPoint);
      const x = layerPoint.x - frame.topLeft.x;
      const y = layerPoint.y - frame.topLeft.y;
      return this.clusters.find((c) => Math.hypot(c.x - x, c.y - y) <= c.radius) || null;
    }

    group(index) {
      return this.groups.find((group) => index >= group.start && index < group.end);
    }

    /** Names at the zooms where there is room for them. */
    labels(frame) {
      const wanted = [];
      if (!this.names || !this.count) {
        return wanted;
      }
      const view = frame.bounds(0);
      for (const group of this.groups) {
        if (!this.shown(group, frame.zoom) || frame.zoom < group.name_zoom) {
          continue;
        }
        for (let i = group.start; i < group.end; i += 1) {
          const x = this.xs[i];
          const y = this.ys[i];
          if (x > view[0] && x < view[2] && y > view[1] && y < view[3] && this.names[i]) {
            wanted.push({
              x: frame.x(x), y: frame.y(y), text: this.names[i], rank: group.rank, gap: 10,
              token: "map.label", object: group.kind + "/" + i,
            });
            if (wanted.length > 1500) {
              return wanted;
            }
          }
        }
      }
      return wanted;
    }
  }

  function stamp(pixels, width, height, sprite, x, y) {
    const { reach, rgba } = sprite;
    if (x >= reach && y >= reach && x < width - reach && y < height - reach) {
      if (sprite.width !== width) {
        sprite.width = width;
        sprite.offsets = sprite.dx.map((dx, k) => dx + sprite.dy[k] * width);
      }
      const offsets = sprite.offsets;
      const at = y * width + x;
      for (let k = 0; k < rgba.length; k += 1) {
        const place = at + offsets[k];
        /* a soft edge never eats into a symbol that is already there */
        if (rgba[k] >= 0xf0000000 || pixels[place] < 0x80000000) {
          pixels[place] = rgba[k];
        }
      }
      return;
    }
    for (let k = 0; k < rgba.length; k += 1) {
      const px = x + sprite.dx[k];
      const py = y + sprite.dy[k];
      if (px >= 0 && py >= 0 && px < width && py < height) {
        pixels[py * width + px] = rgba[k];
      }
    }
  }

  function brief(n) {
    return n < 1000 ? String(n) : n < 10000 ? (n / 1000).toFixed(1) + "k" : Math.round(n / 1000) + "k";
  }

  Muster.define("points", (map, options) => new Points(map, options));
})();
