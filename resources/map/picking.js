/* Many things at once: a box (Shift and drag) or a lasso (Ctrl and drag); with Alt they are added.
 *
 * The page finds what lies inside and tells the desk; the desk answers with what is picked now, and
 * that is marked here. So a table can pick as well, and a rebuilt page is told again.
 */
"use strict";

(function () {
  const LEAST_PX = 5;
  const RING = 11;
  const MOST_RINGS = 20000;

  class Picking {
    constructor(map) {
      this.map = map;
      this.picked = { points: [], items: [] };
      this.items = new Set();
      this.path = null;
      this.badge = Muster.element("div", "muster-picked", map.getContainer());
      this.badge.setAttribute("role", "status");
      this.layer = new Muster.CanvasLayer({
        pane: "selected", padding: 0.1, draw: (context, frame) => this.draw(context, frame),
      }).addTo(map);
      map.boxZoom.disable();
      map.getContainer().addEventListener("mousedown", (event) => this._begin(event), true);
      map.getContainer().addEventListener("keydown", (event) => {
        if (event.key === "Escape" && this.count()) {
          this._tell([], [], "none");
        }
      });
      Muster.on("picked", (payload) => this.take(payload));
      Muster.watch("points", () => {
        this._mark();
        this.layer.redraw();
      });
      Muster.watch("words", () => this._write());
      Muster.watch("clock", () => this.items.size && this.layer.redraw());
    }

    count() {
      return this.picked.points.length + this.picked.items.length;
    }

    take(payload) {
      this.picked = payload;
      this.items = new Set(payload.items);
      this._mark();
      this._write();
      Muster.parts.points.layer.redraw();
      this.layer.redraw();
    }

    _mark() {
      const { marked } = Muster.parts.points;
      marked.fill(0);
      for (const index of this.picked.points) {
        if (index < marked.length) {
          marked[index] = 1;
        }
      }
    }

    _write() {
      const n = this.count();
      this.badge.textContent = n ? Muster.fill("picked", { n: n.toLocaleString("en") }) : "";
      this.badge.classList.toggle("empty", !n);
    }

    _begin(event) {
      const lasso = event.ctrlKey || event.metaKey;
      if (event.button !== 0 || (!event.shiftKey && !lasso)) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      this.map.dragging.disable();
      this.path = [this.map.mouseEventToContainerPoint(event)];
      const box = event.shiftKey;
      const move = (moved) => {
        const at = this.map.mouseEventToContainerPoint(moved);
        this.path = box ? [this.path[0], at] : [...this.path, at];
        this.layer.redraw();
      };
      const key = (pressed) => {
        if (pressed.key === "Escape") {
          finish(null);
        }
      };
      const finish = (ended) => {
        document.removeEventListener("mousemove", move);
        document.removeEventListener("mouseup", finish);
        document.removeEventListener("keydown", key, true);
        this.map.dragging.enable();
        const path = this.path;
        this.path = null;
        this.layer.redraw();
        if (ended) {
          this._end(path, box, ended.altKey);
        }
      };
      document.addEventListener("mousemove", move);
      document.addEventListener("mouseup", finish);
      document.addEventListener("keydown", key, true);
    }

    _end(path, box, add) {
      const last = path[path.length - 1];
      const small = path.every((at) => at.distanceTo(path[0]) < LEAST_PX);
      if (small) {
        this._toggle(last);
      } else {
        const ring = box ? corners(path[0], last) : path;
        const [points, items] = this.inside(ring);
        this._tell(points, items, add ? "add" : "replace");
      }
    }

    /** A click with the key held puts the one thing under it in or out. */
    _toggle(at) {
      const found = Muster.parts.selection.at(at);
      if (found && found.type === "point") {
        this._tell([found.index], [], "toggle");
      } else if (found && found.type === "live") {
        this._tell([], [found.id], "toggle");
      }
    }

    _tell(points, items, how) {
      Muster.send("picked", { points: points, items: items, how: how });
    }

    /** What is shown inside a ring of container positions: [indices of points, ids of items]. */
    inside(ring) {
      const worlds = ring.map((at) => {
        const place = this.map.containerPointToLatLng(at);
        return Muster.world(place.lat, place.lng);
      });
      const test = tester(worlds);
      const shown = [...Muster.parts.live.visible(), ...Muster.parts.vehicles.visible()];
      return [
        Muster.parts.points.within(test),
        shown.filter((item) => test(item.x, item.y)).map((item) => item.id),
      ];
    }

    draw(context, frame) {
      if (!this.path && !this.count()) {
        return false;
      }
      context.clearRect(0, 0, frame.width, frame.height);
      this._rings(context, frame);
      if (this.path && this.path.length > 1) {
        this._rubber(context, frame);
      }
      return true;
    }

    _rings(context, frame) {
      const points = Muster.parts.points;
      const path = new Path2D();
      let n = 0;
      const ring = (x, y) => {
        if (x > -RING && y > -RING && x < frame.width + RING && y < frame.height + RING && n < MOST_RINGS) {
          path.moveTo(x + RING, y);
          path.arc(x, y, RING, 0, 2 * Math.PI);
          n += 1;
        }
      };
      if (this.picked.points.length) {
        points.apart(frame.zoom, (i) => points.marked[i] && ring(frame.x(points.xs[i]), frame.y(points.ys[i])));
      }
      for (const id of this.items) {
        const item = Muster.parts.live.items.get(id) || Muster.parts.vehicles.items.get(id);
        if (item) {
          ring(frame.x(item.x), frame.y(item.y));
        }
      }
      context.lineWidth = 3.5;
      context.strokeStyle = Muster.colour("map.halo");
      context.stroke(path);
      context.lineWidth = 1.8;
      context.strokeStyle = Muster.colour("map.selected");
      context.stroke(path);
    }

    _rubber(context, frame) {
      const ring = this.path.length === 2 ? corners(this.path[0], this.path[1]) : this.path;
      context.beginPath();
      for (const at of ring) {
        const place = this.map.containerPointToLayerPoint(at).subtract(frame.topLeft);
        context.lineTo(place.x, place.y);
      }
      context.closePath();
      context.fillStyle = Muster.faded("map.selected", 0.15);
      context.fill();
      context.lineWidth = 1.5;
      context.setLineDash([6, 4]);
      context.strokeStyle = Muster.colour("map.selected");
      context.stroke();
      context.setLineDash([]);
    }
  }

  function corners(a, b) {
    return [a, L.point(b.x, a.y), b, L.point(a.x, b.y)];
  }

  /** A test for lying inside a ring of world positions: its box first, then crossings to the east. */
  function tester(ring) {
    const xs = ring.map((at) => at[0]);
    const ys = ring.map((at) => at[1]);
    const [west, east] = [Math.min(...xs), Math.max(...xs)];
    const [north, south] = [Math.min(...ys), Math.max(...ys)];
    return (x, y) => {
      if (x < west || x > east || y < north || y > south) {
        return false;
      }
      let inside = false;
      for (let i = 0, j = xs.length - 1; i < xs.length; j = i, i += 1) {
        if (ys[i] > y !== ys[j] > y && x < ((xs[j] - xs[i]) * (y - ys[i])) / (ys[j] - ys[i]) + xs[i]) {
          inside = !inside;
        }
      }
      return inside;
    };
  }

  /** One thing after the other by the keyboard: what matters most first, then from north to south. */
  class Cycling {
    constructor(map) {
      this.map = map;
      this.current = "";
      Muster.on("cycle", (payload) => this.step(payload.by));
    }

    list() {
      const view = Muster.parts.points.layer.frame.bounds(0);
      const seen = (item) => item.x > view[0] && item.x < view[2] && item.y > view[1] && item.y < view[3];
      const live = Muster.parts.live.visible().filter(seen).sort((a, b) => a.rank - b.rank || a.y - b.y);
      const vehicles = Muster.parts.vehicles.visible().filter(seen).sort((a, b) => a.y - b.y);
      const points = Muster.parts.points;
      const inView = [];
      points.apart(this.map.getZoom(), (i) => {
        if (seen({ x: points.xs[i], y: points.ys[i] })) {
          inView.push(i);
        }
      });
      return [
        ...[...live, ...vehicles].map((item) => ({ type: "live", id: item.id, key: item.id })),
        ...inView.map((index) => ({ type: "point", index: index, key: "#" + index })),
      ];
    }

    step(by) {
      const list = this.list();
      if (!list.length) {
        Muster.send("cycled", { n: 0, of: 0 });
        return;
      }
      const at = list.findIndex((each) => each.key === this.current);
      const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : (at + by + list.length) % list.length;
      const { type, id, index, key } = list[next];
      this.current = key;
      Muster.send("select", { type: type, id: id, index: index });
      Muster.send("cycled", { n: next + 1, of: list.length });
    }
  }

  Muster.define("picking", (map) => new Picking(map));
  Muster.define("cycling", (map) => new Cycling(map));
})();
