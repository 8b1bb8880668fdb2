/* Layers that a user imported: points, lines and areas on one canvas under the bulk points.
 *
 * Beside them the ways to read a file's coordinates before it is taken: a question of the datum is
 * answered by looking.
 */
"use strict";

(function () {
  const NAMES = 250;
  const NEAR_PX = 6;

  class Shapes {
    constructor(entry) {
      this.id = entry.id;
      this.ink = entry.ink;
      this.url = entry.url;
      this.names = [];
      this.count = 0;
    }

    read(buffer) {
      const [features, parts, corners] = new Uint32Array(buffer, 0, 3);
      let at = 12;
      const take = (length) => {
        const part = new Uint32Array(buffer, at, length);
        at += 4 * length;
        return part;
      };
      this.firstPart = take(features + 1);
      this.firstCorner = take(parts + 1);
      this.boxes = take(4 * features);
      this.xs = take(corners);
      this.ys = take(corners);
      this.kinds = new Uint8Array(buffer, at, features);
      this.count = features;
    }

    inView(i, view) {
      const box = this.boxes;
      return (
        box[4 * i] <= view[2] && box[4 * i + 2] >= view[0] &&
        box[4 * i + 1] <= view[3] && box[4 * i + 3] >= view[1]
      );
    }

    /** Put a shape onto the path; corners nearer than half a pixel to the last are left out. */
    trace(path, frame, i) {
      const { scale, left, top } = frame;
      for (let part = this.firstPart[i]; part < this.firstPart[i + 1]; part += 1) {
        const end = this.firstCorner[part + 1];
        let j = this.firstCorner[part];
        let x = this.xs[j] * scale - left;
        let y = this.ys[j] * scale - top;
        path.moveTo(x, y);
        for (j += 1; j < end; j += 1) {
          const nextX = this.xs[j] * scale - left;
          const nextY = this.ys[j] * scale - top;
          if (Math.abs(nextX - x) + Math.abs(nextY - y) > 0.5 || j === end - 1) {
            path.lineTo(nextX, nextY);
            x = nextX;
            y = nextY;
          }
        }
      }
    }

    dots(path, frame, i, radius) {
      for (let j = this.firstCorner[this.firstPart[i]]; j < this.firstCorner[this.firstPart[i + 1]]; j += 1) {
        const x = this.xs[j] * frame.scale - frame.left;
        const y = this.ys[j] * frame.scale - frame.top;
        path.moveTo(x + radius, y);
        path.arc(x, y, radius, 0, 2 * Math.PI);
      }
    }

    /** Distance [px] of a place from a shape's points or lines, 0 inside an area. */
    distance(frame, i, at) {
      let inside = false;
      let least = Infinity;
      for (let part = this.firstPart[i]; part < this.firstPart[i + 1]; part += 1) {
        const start = this.firstCorner[part];
        const end = this.firstCorner[part + 1];
        for (let j = start; j < end; j += 1) {
          const x = frame.x(this.xs[j]) - at.x;
          const y = frame.y(this.ys[j]) - at.y;
          const before = j > start ? j - 1 : j;
          const px = frame.x(this.xs[before]) - at.x;
          const py = frame.y(this.ys[before]) - at.y;
          least = Math.min(least, toSegment(px, py, x, y));
          if (y > 0 !== py > 0 && x + ((px - x) * -y) / (py - y) > 0) {
            inside = !inside;
          }
        }
      }
      return this.kinds[i] === 2 && inside ? 0 : least;
    }
  }

  function toSegment(ax, ay, bx, by) {
    const dx = bx - ax;
    const dy = by - ay;
    const length = dx * dx + dy * dy;
    const share = length ? Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length)) : 0;
    return Math.hypot(ax + share * dx, ay + share * dy);
  }

  const dotRadius = (zoom) => (zoom < 12 ? 2 : zoom < 15 ? 3 : 4);

  class Imported {
    constructor(map) {
      this.map = map;
      this.layers = [];
      this.held = new Map();
      this.choices = [];
      this.version = 0;
      this.layer = new Muster.CanvasLayer({
        pane: "imported", padding: 0.1, draw: (context, frame) => this.draw(context, frame),
      }).addTo(map);
      Muster.on("imported", (payload) => this.load(payload.layers || []));
      Muster.on("choices", (payload) => this.choose(payload.choices || []));
    }

    async load(entries) {
      this.version += 1;
      const version = this.version;
      const read = new Map();
      for (const entry of entries) {
        const held = this.held.get(entry.id);
        if (held && held.url === entry.url) {
          read.set(entry.id, held);
          continue;
        }
        const shapes = new Shapes(entry);
        shapes.read(await (await fetch(entry.url)).arrayBuffer());
        shapes.names = await (await fetch(entry.names_url)).json();
        read.set(entry.id, shapes);
      }
      if (version === this.version) {
        this.held = read;
        this.layer._reset();
        Muster.tell("labels");
        Muster.send("drawn", {
          part: "imported", count: [...read.values()].reduce((sum, shapes) => sum + shapes.count, 0),
        });
      }
    }

    choose(choices) {
      this.choices = choices.map((choice) => ({
        name: choice.name, ink: choice.ink,
        places: choice.places.map(([lat, lon]) => Muster.world(lat, lon)),
      }));
      this.layer.redraw();
      Muster.tell("labels");
    }

    /** The layers to draw, the lowest first. */
    wanted(zoom) {
      return [...this.held.values()]
        .filter((shapes) => Muster.layers.shown(shapes.id, zoom))
        .sort((a, b) => Muster.layers.below(a.id, b.id));
    }

    draw(context, frame) {
      context.clearRect(0, 0, frame.width, frame.height);
      for (const shapes of this.wanted(frame.zoom)) {
        this.drawLayer(context, frame, shapes);
      }
      this.drawChoices(context, frame);
    }

    drawLayer(context, frame, shapes) {
      const view = frame.bounds(12);
      const alpha = Muster.layers.alpha(shapes.id);
      const places = [[], [], []];
      for (let i = 0; i < shapes.count; i += 1) {
        if (shapes.inView(i, view)) {
          places[shapes.kinds[i]].push(i);
        }
      }
      context.lineJoin = "round";
      context.strokeStyle = Muster.faded(shapes.ink, alpha);
      context.fillStyle = Muster.faded(shapes.ink, 0.16 * alpha);
      context.lineWidth = 1.2;
      for (const i of places[2]) {
        context.beginPath();
        shapes.trace(context, frame, i);
        context.fill("evenodd");
        context.stroke();
      }
      context.lineWidth = 1.6;
      context.beginPath();
      places[1].forEach((i) => shapes.trace(context, frame, i));
      context.stroke();
      context.fillStyle = Muster.faded(shapes.ink, alpha);
      context.strokeStyle = Muster.faded("map.halo", alpha);
      context.lineWidth = 1;
      context.beginPath();
      places[0].forEach((i) => shapes.dots(context, frame, i, dotRadius(frame.zoom)));
      context.fill();
      context.stroke();
    }

    drawChoices(context, frame) {
      for (const [number, choice] of this.choices.entries()) {
        context.strokeStyle = Muster.colour(choice.ink);
        context.lineWidth = 2;
        context.beginPath();
        for (const [worldX, worldY] of choice.places) {
          const x = frame.x(worldX);
          const y = frame.y(worldY);
          if (number % 2) {
            context.rect(x - 4, y - 4, 8, 8);
          } else {
            context.moveTo(x + 5, y);
            context.arc(x, y, 5, 0, 2 * Math.PI);
          }
        }
        context.stroke();
      }
    }

    /** What lies under a place: points and lines first, areas only where `areas` says so. */
    find(at, areas) {
      const frame = this.layer.frame;
      if (!frame) {
        return null;
      }
      const point = this.map.containerPointToLayerPoint(at).subtract(frame.topLeft);
      const grow = NEAR_PX / frame.scale;
      const x = (point.x + frame.left) / frame.scale;
      const y = (point.y + frame.top) / frame.scale;
      const near = [x - grow, y - grow, x + grow, y + grow];
      for (const shapes of this.wanted(frame.zoom).reverse()) {
        for (let i = shapes.count - 1; i >= 0; i -= 1) {
          const wanted = shapes.kinds[i] === 2 ? areas : !areas;
          if (wanted && shapes.inView(i, near) && shapes.distance(frame, i, point) <= NEAR_PX) {
            return { type: "imported", id: shapes.id, index: i, text: shapes.names[i] || "" };
          }
        }
      }
      return null;
    }

    labels(frame) {
      const found = [];
      for (const choice of this.choices) {
        const place = choice.places[0];
        if (place) {
          found.push({
            x: frame.x(place[0]), y: frame.y(place[1]), text: choice.name, gap: 9, rank: 1,
            token: choice.ink, strong: true,
          });
        }
      }
      if (frame.zoom < 13) {
        return found;
      }
      const view = frame.bounds(0);
      for (const shapes of this.wanted(frame.zoom)) {
        for (let i = 0; i < shapes.count && found.length < NAMES; i += 1) {
          const named = shapes.names[i] && (shapes.kinds[i] === 2 || (!shapes.kinds[i] && frame.zoom >= 15));
          if (named && shapes.inView(i, view)) {
            const box = shapes.boxes;
            found.push({
              x: frame.x((box[4 * i] + box[4 * i + 2]) / 2),
              y: frame.y((box[4 * i + 1] + box[4 * i + 3]) / 2),
              text: shapes.names[i], gap: 7, rank: 9, token: "map.label", key: shapes.id + "/" + i,
              align: shapes.kinds[i] === 2 ? "center" : undefined,
            });
          }
        }
      }
      return found;
    }
  }

  Muster.define("imported", (map) => new Imported(map));
})();
