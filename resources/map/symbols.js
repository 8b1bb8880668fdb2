/* Marker symbols, drawn once per theme and pixel ratio into sprites that the stamper copies.
 *
 * What a thing is shows in its shape, how bad it is in shape and colour together: ◆ ▲ ● ■.
 */
"use strict";

Muster.symbols = (function () {
  const shapes = {
    circle: (c, r) => c.arc(0, 0, r, 0, 2 * Math.PI),
    square: (c, r) => c.rect(-r * 0.86, -r * 0.86, r * 1.72, r * 1.72),
    diamond: (c, r) => polygon(c, [[0, -r * 1.18], [r * 1.18, 0], [0, r * 1.18], [-r * 1.18, 0]]),
    triangle: (c, r) => polygon(c, [[0, -r * 1.05], [r * 1.1, r * 0.85], [-r * 1.1, r * 0.85]]),
    hexagon: (c, r) => polygon(c, ring(6, r * 1.05, 0)),
    house: (c, r) => polygon(c, [[0, -r], [r, -r * 0.15], [r, r * 0.9], [-r, r * 0.9], [-r, -r * 0.15]]),
    school: (c, r) => polygon(c, [
      [-r, -r * 0.05], [-r * 0.15, -r * 0.05], [-r * 0.15, -r * 1.15], [r * 0.75, -r * 0.75],
      [r * 0.1, -r * 0.4], [r * 0.1, -r * 0.05], [r, -r * 0.05], [r, r * 0.9], [-r, r * 0.9],
    ]),
    cross: (c, r) => polygon(c, plus(r, 0.36)),
    drop: (c, r) => {
      c.moveTo(0, -r * 1.15);
      c.bezierCurveTo(r * 1.2, r * 0.1, r * 0.8, r, 0, r);
      c.bezierCurveTo(-r * 0.8, r, -r * 1.2, r * 0.1, 0, -r * 1.15);
    },
    crate: (c, r) => polygon(c, scaled(r, [
      [-1.15, -0.85], [1.15, -0.85], [1.15, -0.35], [1, -0.35], [1, 0.85], [-1, 0.85], [-1, -0.35],
      [-1.15, -0.35],
    ])),
    shield: (c, r) => {
      c.moveTo(-r * 0.9, -r * 0.95);
      c.lineTo(r * 0.9, -r * 0.95);
      c.lineTo(r * 0.9, r * 0.1);
      c.quadraticCurveTo(r * 0.8, r * 0.8, 0, r * 1.15);
      c.quadraticCurveTo(-r * 0.8, r * 0.8, -r * 0.9, r * 0.1);
      c.closePath();
    },
    burst: (c, r) => polygon(c, ring(16, r, -Math.PI / 2).map(([x, y], i) =>
      i % 2 ? [x * 0.76, y * 0.76] : [x * 1.22, y * 1.22])),
    pin: (c, r) => {
      c.arc(0, -r * 0.25, r * 0.9, 0.82 * Math.PI, 0.18 * Math.PI);
      c.lineTo(0, r * 1.25);
      c.closePath();
    },
    refuge: (c, r) => {
      polygon(c, scaled(r, [[-1.15, 0.05], [0, -1.05], [1.15, 0.05], [0.85, 0.4], [0, -0.4], [-0.85, 0.4]]));
      c.moveTo(r * 0.42, r * 0.6);
      c.arc(0, r * 0.6, r * 0.42, 0, 2 * Math.PI);
    },
    person: (c, r) => {
      c.arc(0, -r * 0.62, r * 0.44, 0, 2 * Math.PI);
      c.moveTo(-r * 0.9, r);
      c.bezierCurveTo(-r * 0.9, -r * 0.35, r * 0.9, -r * 0.35, r * 0.9, r);
      c.closePath();
    },
    hydrant: (c, r) => polygon(c, scaled(r, [
      [-0.35, -1.1], [0.35, -1.1], [0.35, -0.8], [0.6, -0.8], [0.6, -0.15], [1, -0.15], [1, 0.4],
      [0.6, 0.4], [0.6, 0.7], [0.85, 0.7], [0.85, 1.1], [-0.85, 1.1], [-0.85, 0.7], [-0.6, 0.7],
      [-0.6, 0.4], [-1, 0.4], [-1, -0.15], [-0.6, -0.15], [-0.6, -0.8], [-0.35, -0.8],
    ])),
    barrier: (c, r) => polygon(c, scaled(r, [
      [-1.1, -0.7], [1.1, -0.7], [1.1, 0], [0.8, 0], [0.8, 0.95], [0.4, 0.95], [0.4, 0], [-0.4, 0],
      [-0.4, 0.95], [-0.8, 0.95], [-0.8, 0], [-1.1, 0],
    ])),
    works: (c, r) => polygon(c, [
      [-r, r * 0.85], [-r, -r * 0.1], [-r * 0.35, -r * 0.55], [-r * 0.35, -r * 0.1],
      [r * 0.3, -r * 0.55], [r * 0.3, -r * 0.95], [r, -r * 0.95], [r, r * 0.85],
    ]),
    gate: (c, r) => polygon(c, [
      [-r, r * 0.8], [-r, -r * 0.7], [r, -r * 0.7], [r, r * 0.8], [r * 0.45, r * 0.8],
      [r * 0.45, -r * 0.15], [-r * 0.45, -r * 0.15], [-r * 0.45, r * 0.8],
    ]),
    camera: (c, r) => polygon(c, [
      [-r, -r * 0.55], [r * 0.35, -r * 0.55], [r * 0.35, -r * 0.15], [r, -r * 0.55],
      [r, r * 0.55], [r * 0.35, r * 0.15], [r * 0.35, r * 0.55], [-r, r * 0.55],
    ]),
    mast: (c, r) => polygon(c, [
      [-r * 0.16, r], [-r * 0.16, -r], [r, -r * 0.5], [r * 0.16, -r * 0.1], [r * 0.16, r],
    ]),
    wind: (c, r) => polygon(c, [
      [0, -r * 1.7], [r * 0.75, -r * 0.5], [r * 0.2, -r * 0.5], [r * 0.2, r * 1.6],
      [-r * 0.2, r * 1.6], [-r * 0.2, -r * 0.5], [-r * 0.75, -r * 0.5],
    ]),
    ring_diamond: (c, r) => ringed(c, r, shapes.diamond),
    ring_triangle: (c, r) => ringed(c, r, shapes.triangle),
    ring_circle: (c, r) => ringed(c, r, shapes.circle),
    arrow: (c, r) => polygon(c, [[0, -r * 1.2], [r * 0.8, r], [0, r * 0.5], [-r * 0.8, r]]),
  };

  /* style → [shape, radius, fill, edge, mark]: tokens; an empty fill leaves the ground tint */
  const styles = {
    "enterprise": ["works", 5.6, "map.symbol_soft", "map.symbol"],
    "hazard.1": ["hexagon", 7.6, "map.symbol", "map.halo", "1"],
    "hazard.2": ["hexagon", 7.6, "map.symbol_mid", "map.halo", "2"],
    "hazard.3": ["hexagon", 7.2, "map.symbol_soft", "map.symbol", "3"],
    "hazard.4": ["hexagon", 7.2, "map.pane", "map.symbol_mid", "4"],
    "hazard.0": ["hexagon", 5, "map.pane", "map.symbol"],
    "receptor.school": ["school", 6.4, "map.people", "map.halo"],
    "receptor.hospital": ["cross", 6.6, "map.people", "map.halo"],
    "receptor.village": ["house", 6.2, "map.people", "map.halo"],
    "receptor.water": ["drop", 6, "map.people", "map.halo"],
    "receptor.other": ["person", 6, "map.people", "map.halo"],
    "team": ["shield", 6.2, "map.pane", "map.own"],
    "depot": ["crate", 5.4, "map.pane", "map.symbol_mid"],
    "tag": ["circle", 3.6, "map.pane", "map.symbol_mid"],
    "camera": ["camera", 5, "map.symbol_soft", "map.symbol_mid"],
    "shelter": ["refuge", 6.4, "map.safe", "map.halo"],
    "hydrant": ["hydrant", 5.4, "map.symbol_mid", "map.halo"],
    "gate": ["gate", 5.4, "map.pane", "map.symbol_mid"],
    "mast": ["mast", 6.4, "map.symbol_mid", "map.halo"],
    "feature": ["square", 3.6, "map.symbol_soft", "map.symbol_mid"],
    "alarm.1": ["diamond", 8, "severity.1", "map.halo"],
    "alarm.2": ["triangle", 8, "severity.2", "map.halo"],
    "alarm.3": ["circle", 6.6, "severity.3", "map.halo"],
    "alarm.4": ["square", 6.6, "severity.4", "map.halo"],
    "warned.1": ["ring_diamond", 6.2, "severity.1", "map.halo"],
    "warned.2": ["ring_triangle", 6.2, "severity.2", "map.halo"],
    "warned.3": ["ring_circle", 6.2, "severity.3", "map.halo"],
    "alarm.off": ["circle", 5, "map.pane", "map.symbol_mid", "–"],
    "stale": ["circle", 5, "map.pane", "map.symbol_mid", "?"],
    "team.ready": ["shield", 7, "map.pane", "map.own"],
    "team.committed": ["shield", 7.6, "map.own", "map.halo"],
    "team.unavailable": ["shield", 7, "map.pane", "map.symbol_mid", "×"],
    "wind": ["wind", 8, "text", "map.halo"],
    "vehicle": ["arrow", 6.6, "map.own", "map.halo"],
    "vehicle.silent": ["arrow", 6.2, "map.pane", "map.symbol_mid"],
    "incident": ["burst", 8.4, "severity.1", "map.halo", "!"],
    "incident.closed": ["burst", 6.6, "map.pane", "map.symbol_mid"],
    "cordon": ["barrier", 6.4, "severity.1", "map.halo"],
    "staging": ["pin", 7.4, "map.pane", "map.own", "S"],
  };

  const sprites = new Map();

  function polygon(c, points) {
    points.forEach(([x, y], i) => (i ? c.lineTo(x, y) : c.moveTo(x, y)));
    c.closePath();
  }

  function scaled(r, points) {
    return points.map(([x, y]) => [x * r, y * r]);
  }

  function ring(n, r, turn) {
    return Array.from({ length: n }, (_, i) => {
      const angle = turn + (2 * Math.PI * i) / n;
      return [r * Math.cos(angle), r * Math.sin(angle)];
    });
  }

  /** A ring around something else, with a small shape on its upper right. */
  function ringed(c, r, shape) {
    c.arc(0, 0, r, 0, 2 * Math.PI);
    c.closePath();
    c.moveTo(r * 0.8, 0);
    c.arc(0, 0, r * 0.8, 0, 2 * Math.PI, true);
    c.closePath();
    c.translate(r * 0.74, -r * 0.74);
    c.moveTo(r * 0.46, 0);
    shape(c, r * 0.46);
    c.closePath();
    c.translate(-r * 0.74, r * 0.74);
  }

  function plus(r, share) {
    const a = r * share;
    return [
      [-a, -r], [a, -r], [a, -a], [r, -a], [r, a], [a, a], [a, r], [-a, r], [-a, a], [-r, a],
      [-r, -a], [-a, -a],
    ];
  }

  /** Draw a symbol on any canvas, middle at (x, y). */
  function draw(context, style, x, y, grow) {
    const [shape, radius, fill, edge, mark] = styles[style] || styles.feature;
    const size = radius * (grow || 1);
    context.save();
    context.translate(x, y);
    context.lineJoin = "round";
    context.beginPath();
    shapes[shape](context, size);
    if (edge !== "map.halo") {
      context.lineWidth = 3.6;
      context.strokeStyle = Muster.colour("map.halo");
      context.stroke();
    }
    context.fillStyle = Muster.colour(fill);
    context.lineWidth = 1.5;
    context.strokeStyle = Muster.colour(edge);
    if (edge === "map.halo") {
      context.stroke();
      context.fill();
    } else {
      context.fill();
      context.stroke();
    }
    if (mark) {
      context.fillStyle = Muster.colour(fill === "map.pane" || fill === "map.symbol_soft" ? "text" : "map.mark");
      context.font = "700 " + Math.round(size * 1.35) + "px MusterSans, sans-serif";
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(mark, 0, size * (shape === "pin" ? -0.17 : 0.08));
    }
    context.restore();
  }

  /** Draw a symbol turned to a heading; one that nobody knows points up. */
  function turned(context, style, x, y, angle, grow) {
    context.save();
    context.translate(x, y);
    context.rotate(((angle || 0) * Math.PI) / 180);
    draw(context, style, 0, 0, grow);
    context.restore();
  }

  /** Draw where a thing goes beside its symbol, which keeps its own shape upright. */
  function heading(context, x, y, angle) {
    context.save();
    context.translate(x, y);
    context.rotate((angle * Math.PI) / 180);
    context.beginPath();
    polygon(context, [[0, -17], [4.5, -10.5], [-4.5, -10.5]]);
    context.lineWidth = 3;
    context.strokeStyle = Muster.colour("map.halo");
    context.stroke();
    context.fillStyle = Muster.colour("map.own");
    context.fill();
    context.restore();
  }

  /** A symbol as rows of pixels, for `Muster.Picture`. */
  function sprite(style, ratio, alpha) {
    const name = style + "@" + ratio + "," + (alpha || 1);
    if (!sprites.has(name)) {
      sprites.set(name, rasterise(ratio, 24, alpha, (context) => draw(context, style, 12, 12)));
    }
    return sprites.get(name);
  }

  /** How far a symbol reaches from its middle [CSS px]. */
  function reach(style) {
    return (styles[style] || styles.feature)[1];
  }

  function dot(token, ratio, radius, alpha) {
    const name = "dot:" + token + radius + "@" + ratio + "," + (alpha || 1);
    if (!sprites.has(name)) {
      sprites.set(name, rasterise(ratio, 8, alpha, (context) => {
        context.beginPath();
        context.arc(4, 4, radius, 0, 2 * Math.PI);
        context.fillStyle = Muster.colour(token);
        context.fill();
      }));
    }
    return sprites.get(name);
  }

  /** `alpha` 0…1 is the opacity of the layer, 1 when it is missing. */
  function rasterise(ratio, side, alpha, paint) {
    const canvas = document.createElement("canvas");
    const pixels = Math.ceil(side * ratio);
    canvas.width = pixels;
    canvas.height = pixels;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(context);
    const rgba = new Uint32Array(context.getImageData(0, 0, pixels, pixels).data.buffer);
    return Muster.sprite(rgba, pixels, alpha || 1);
  }

  Muster.watch("theme", () => sprites.clear());
  Muster.watch("fonts", () => sprites.clear());
  return { draw: draw, turned: turned, heading: heading, sprite: sprite, dot: dot, styles: styles, reach: reach };
})();
