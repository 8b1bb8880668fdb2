/* What people drew: areas, lines and arrows with tactical symbols on them, over plume and routes. */
"use strict";

Muster.sketches = (function () {
  const PLATE = 11;

  function line(context, points) {
    context.beginPath();
    points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.stroke();
  }

  function dot(context, x, y, radius) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }

  function head(context, x, y, angle, size) {
    context.beginPath();
    context.moveTo(x, y);
    for (const turn of [2.65, -2.65]) {
      context.lineTo(x + size * Math.cos(angle + turn), y + size * Math.sin(angle + turn));
    }
    context.closePath();
    context.fill();
  }

  /* Glyphs on a plate of 22 px; each differs by shape, so that colour isn't needed. */
  const GLYPHS = {
    staging(context) {
      context.font = "700 14px MusterSans, sans-serif";
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText("S", 0, 0.5);
    },
    command_post(context) {
      line(context, [[-4, 7], [-4, -7]]);
      context.beginPath();
      context.moveTo(-4, -7);
      context.lineTo(6, -4);
      context.lineTo(-4, 0);
      context.closePath();
      context.fill();
    },
    decontamination(context) {
      line(context, [[-6, -5], [6, -5]]);
      for (const [x, y] of [[-4, -1], [0, -1], [4, -1], [-4, 4], [0, 4], [4, 4]]) {
        dot(context, x, y, 1.4);
      }
    },
    water_supply(context) {
      context.beginPath();
      context.moveTo(0, -7);
      context.bezierCurveTo(7, 1, 5, 7, 0, 7);
      context.bezierCurveTo(-5, 7, -7, 1, 0, -7);
      context.fill();
    },
    casualty_collection(context) {
      context.fillRect(-2, -6.5, 4, 13);
      context.fillRect(-6.5, -2, 13, 4);
    },
    assembly(context) {
      dot(context, 0, 0, 2);
      for (let i = 0; i < 4; i += 1) {
        const angle = Math.PI / 4 + (i * Math.PI) / 2;
        head(context, -3.6 * Math.cos(angle), -3.6 * Math.sin(angle), angle, 4.6);
      }
    },
    road_block(context) {
      context.fillRect(-7, -2.5, 14, 5);
    },
    entry_point(context) {
      line(context, [[6, -6], [6, 6]]);
      line(context, [[-7, 0], [1, 0]]);
      head(context, 5, 0, 0, 6);
    },
  };
  const ROUND = new Set(["staging", "road_block", "assembly"]);

  function symbol(context, name, x, y, token) {
    context.save();
    context.translate(x, y);
    context.lineWidth = 2;
    context.lineJoin = "round";
    context.strokeStyle = context.fillStyle = Muster.colour(token);
    if (name === "point") {
      line(context, [[-6, 0], [6, 0]]);
      line(context, [[0, -6], [0, 6]]);
      context.restore();
      return;
    }
    context.fillStyle = Muster.colour("map.panel_solid");
    context.beginPath();
    if (ROUND.has(name)) {
      context.arc(0, 0, PLATE, 0, 2 * Math.PI);
    } else {
      context.roundRect(-PLATE, -PLATE, 2 * PLATE, 2 * PLATE, 3);
    }
    context.fill();
    context.stroke();
    context.fillStyle = Muster.colour(token);
    if (GLYPHS[name]) {
      GLYPHS[name](context);
    }
    context.restore();
  }

  function flat(points) {
    const made = new Float64Array(2 * points.length);
    points.forEach(([lat, lon], i) => {
      const [x, y] = Muster.world(lat, lon);
      made[2 * i] = x;
      made[2 * i + 1] = y;
    });
    return made;
  }

  /** Add world coordinates to an item. */
  function placed(item) {
    item.flatRings = (item.rings || []).map(flat);
    item.flatLine = flat(item.line || []);
    item.world = item.at ? Muster.world(item.at[0], item.at[1]) : null;
    return item;
  }

  function trace(context, frame, item) {
    context.beginPath();
    for (const ring of item.flatRings) {
      Muster.trace(context, frame, ring);
      context.closePath();
    }
    if (item.flatLine.length > 2) {
      Muster.trace(context, frame, item.flatLine);
    }
  }

  function arrow(context, frame, item) {
    const ends = item.flatLine;
    const n = ends.length;
    const x = frame.x(ends[n - 2]);
    const y = frame.y(ends[n - 1]);
    const angle = Math.atan2(y - frame.y(ends[n - 3]), x - frame.x(ends[n - 4]));
    head(context, x, y, angle, 13);
  }

  /** Paint one item; the halo keeps a line legible on roads and on the plume. */
  function paint(context, frame, item, alpha) {
    context.save();
    context.globalAlpha = alpha * (item.faded ? 0.45 : 1);
    context.lineJoin = "round";
    context.lineCap = "round";
    trace(context, frame, item);
    if (item.fill) {
      context.fillStyle = Muster.faded(item.token, item.fill);
      context.fill("evenodd");
    }
    context.strokeStyle = Muster.colour("map.halo");
    context.lineWidth = item.width + 2.6;
    context.stroke();
    context.strokeStyle = context.fillStyle = Muster.colour(item.token);
    context.lineWidth = item.width;
    context.setLineDash(item.faded ? [2, 5] : item.dash || []);
    context.stroke();
    context.setLineDash([]);
    if (item.arrow && item.flatLine.length > 3) {
      arrow(context, frame, item);
    }
    if (item.symbol && item.world) {
      symbol(context, item.symbol, frame.x(item.world[0]), frame.y(item.world[1]), item.token);
    }
    context.restore();
  }

  return { placed: placed, paint: paint, trace: trace, symbol: symbol };
})();

(function () {
  const REACH = 8;
  const SYMBOL_PX = 11;

  class Drawings {
    constructor(map) {
      this.map = map;
      this.items = new Map();
      this.layer = new Muster.CanvasLayer({
        pane: "drawings", padding: 0.15, draw: (context, frame) => this.draw(context, frame),
      }).addTo(map);
      Muster.on("drawings", (payload) => this.change(payload));
    }

    change(payload) {
      if (payload.full) {
        this.items.clear();
      }
      payload.drop.forEach((id) => this.items.delete(id));
      payload.put.forEach((item) => this.items.set(item.id, Muster.sketches.placed(item)));
      this.layer.redraw();
      Muster.tell("labels");
    }

    /** Areas lie under lines, lines under symbols; what the tools hold is drawn by them. */
    shown(zoom) {
      const held = Muster.parts.tools ? Muster.parts.tools.held() : "";
      const rank = (item) => (item.rings.length ? 0 : item.line.length ? 1 : 2);
      return [...this.items.values()]
        .filter((item) => item.id !== held && Muster.layers.shown(item.layer, zoom))
        .sort((a, b) => rank(a) - rank(b));
    }

    draw(context, frame) {
      context.clearRect(0, 0, frame.width, frame.height);
      for (const item of this.shown(frame.zoom)) {
        Muster.sketches.paint(context, frame, item, Muster.layers.alpha(item.layer));
      }
    }

    /** The drawing whose symbol or line (or, with `inside`, area) is at a container position. */
    find(containerPoint, inside) {
      const frame = this.layer.frame;
      if (!frame) {
        return null;
      }
      const at = this.map.containerPointToLayerPoint(containerPoint).subtract(frame.topLeft);
      const context = this.layer._context;
      context.lineWidth = 2 * REACH;
      const [x, y] = [at.x * frame.ratio, at.y * frame.ratio];
      return this.shown(frame.zoom).reverse().find((item) => {
        Muster.sketches.trace(context, frame, item);
        if (inside) {
          return item.rings.length > 0 && context.isPointInPath(x, y, "evenodd");
        }
        const marked = item.world && (item.symbol || item.label) &&
          Math.hypot(frame.x(item.world[0]) - at.x, frame.y(item.world[1]) - at.y) <= 12;
        return marked || context.isPointInStroke(x, y);
      }) || null;
    }

    covers(frame, cover) {
      const symbols = this.shown(frame.zoom).filter((item) => item.symbol && item.world);
      symbols.forEach((item) => cover.mark(frame.x(item.world[0]), frame.y(item.world[1]), SYMBOL_PX, 2));
    }

    labels(frame) {
      return this.shown(frame.zoom).filter((item) => item.label && item.world).map((item) => ({
        x: frame.x(item.world[0]), y: frame.y(item.world[1]), text: item.label, sub: item.sub,
        key: "drawings/" + item.id,
        sub_token: item.sub_token, rank: item.sub ? 1 : 3, strong: true, token: "map.label_strong",
        gap: item.symbol ? 15 : 6,
      }));
    }
  }

  Muster.define("drawings", (map) => new Drawings(map));
})();
