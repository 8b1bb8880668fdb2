/* Points far out, gathered by cells that are fixed to the ground: each count is all of its cell. */
"use strict";

(function () {
  const CELL = 64;

  /** Gathers points of several groups into the cells under a frame. */
  class Clusters {
    constructor() {
      this.list = [];
      this.singles = [];
    }

    clear() {
      this.list = [];
      this.singles = [];
    }

    /** Count `groups` of `points`; cells with one point leave it in `singles`. */
    gather(points, groups, frame) {
      this.clear();
      const west = Math.floor(frame.left / CELL);
      const north = Math.floor(frame.top / CELL);
      const columns = Math.floor((frame.left + frame.width) / CELL) - west + 1;
      const rows = Math.floor((frame.top + frame.height) / CELL) - north + 1;
      const cells = columns * rows;
      const counts = new Int32Array(cells * groups.length);
      const chosen = new Int32Array(cells);
      const last = new Int32Array(cells);
      const sumX = new Float64Array(cells);
      const sumY = new Float64Array(cells);
      const { xs, ys, marked, held } = points;
      const perCell = frame.scale / CELL;
      groups.forEach((group, kind) => {
        const base = kind * cells;
        for (let i = group.start; i < group.end; i += 1) {
          const column = Math.floor(xs[i] * perCell) - west;
          const row = Math.floor(ys[i] * perCell) - north;
          if (i === held) {
            this.singles.push(i);
          } else if (column >= 0 && row >= 0 && column < columns && row < rows) {
            const cell = row * columns + column;
            counts[base + cell] += 1;
            sumX[cell] += xs[i];
            sumY[cell] += ys[i];
            last[cell] = i;
            chosen[cell] += marked[i];
          }
        }
      });
      for (let cell = 0; cell < cells; cell += 1) {
        this._keep(cell, cells, groups, counts, { last, sumX, sumY, chosen }, frame);
      }
    }

    _keep(cell, cells, groups, counts, sums, frame) {
      let n = 0;
      for (let kind = 0; kind < groups.length; kind += 1) {
        n += counts[kind * cells + cell];
      }
      if (n === 1) {
        this.singles.push(sums.last[cell]);
      } else if (n > 1) {
        this.list.push({
          n: n, chosen: sums.chosen[cell],
          kinds: groups.map((group, kind) => [group.layer, counts[kind * cells + cell]]).filter((k) => k[1]),
          x: frame.x(sums.sumX[cell] / n), y: frame.y(sums.sumY[cell] / n),
          radius: 9 + 3.2 * Math.log10(n),
        });
      }
    }

    draw(context) {
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.font = "600 11px MusterSans, sans-serif";
      for (const cluster of this.list) {
        context.beginPath();
        context.arc(cluster.x, cluster.y, cluster.radius, 0, 2 * Math.PI);
        context.fillStyle = Muster.faded("map.pane", 0.92);
        context.fill();
        context.lineWidth = cluster.chosen ? 2.5 : 1;
        context.strokeStyle = Muster.colour(cluster.chosen ? "map.selected" : "map.symbol_mid");
        context.stroke();
        context.fillStyle = Muster.colour("text");
        context.fillText(brief(cluster.n), cluster.x, cluster.y + 0.5);
      }
    }

    at(x, y) {
      return this.list.find((c) => Math.hypot(c.x - x, c.y - y) <= c.radius) || null;
    }
  }

  /** A count in four characters, never more than there are. */
  function brief(n) {
    if (n < 1000) {
      return String(n);
    }
    return n < 10000 ? (Math.floor(n / 100) / 10).toFixed(1) + "k" : Math.floor(n / 1000) + "k";
  }

  Muster.Clusters = Clusters;
})();
