/* How each class of line and area is painted: by the site's own vectors and by the base map's tiles. */
"use strict";

Muster.paints = (function () {
  const roadWidth = (zoom, wide) => Math.max(0.6, wide * Math.pow(1.42, zoom - 15));
  const ROADS = {
    motorway: [7, 6], trunk: [8, 6], primary: [9, 5], secondary: [11, 4.2], tertiary: [12, 3.6],
    minor: [13, 2.6], service: [15, 1.6], track: [15, 1.2], path: [16, 0.8],
  };
  const hair = (width) => () => width;
  /* class → [smallest zoom, painter], in the order of drawing */
  const PAINTS = {
    land: [0, { fill: "map.land" }],
    built: [9, { fill: "map.built" }],
    industry: [9, { fill: "map.industry" }],
    wood: [9, { fill: "map.wood" }],
    green: [10, { fill: "map.green" }],
    sand: [11, { fill: "map.sand" }],
    plot: [11, { fill: "map.plot", stroke: "map.plot_line", width: hair(1) }],
    water: [0, { fill: "map.water" }],
    river: [0, { stroke: "map.water", width: (zoom) => Math.max(1.2, roadWidth(zoom, 4)) }],
    stream: [13, { stroke: "map.water", width: (zoom) => Math.max(1, roadWidth(zoom, 1.6)) }],
    pier: [13, { fill: "map.pier" }],
    pier_line: [14, { stroke: "map.pier", width: (zoom) => roadWidth(zoom, 2.6) }],
    unit: [13, { fill: "map.unit", stroke: "map.unit_line", width: hair(1) }],
    building: [13, { fill: "map.building", stroke: "map.building_line", width: hair(0.8), strokeFrom: 16 }],
    runway: [11, { stroke: "map.road_main", width: (zoom) => roadWidth(zoom, 14) }],
    tunnel: [14, { stroke: "map.road_casing", width: (zoom) => roadWidth(zoom, 3), dash: [6, 4] }],
    rail: [11, { stroke: "map.rail", width: hair(1.2), dash: [7, 4] }],
    rack: [13, { stroke: "map.rack", width: (zoom) => Math.max(1, roadWidth(zoom, 1.6)), dash: [9, 3] }],
    line: [13, { stroke: "map.plot_line", width: hair(1) }],
  };
  const order = Object.keys(PAINTS);
  const at = order.indexOf("rail");
  for (const [name, [smallest, wide]] of Object.entries(ROADS)) {
    PAINTS["road." + name] = [smallest, {
      stroke: name === "path" ? "map.path" : wide >= 4 ? "map.road_main" : "map.road",
      width: (zoom) => roadWidth(zoom, wide), round: true, road: name !== "path",
      dash: name === "path" ? [3, 3] : undefined, main: wide >= 4,
    }];
  }
  order.splice(at, 0, ...Object.keys(ROADS).reverse().map((name) => "road." + name));

  function paint(name) {
    return PAINTS[name] || PAINTS.line;
  }

  /** Draw the dark edge of a road that is wide enough to have one. */
  function casing(context, style, zoom, path) {
    const width = style.road ? style.width(zoom) : 0;
    if (width > 2.4) {
      context.setLineDash([]);
      context.lineJoin = "round";
      context.lineCap = "butt";
      context.strokeStyle = Muster.colour("map.road_casing");
      context.lineWidth = width + 1.6;
      stroke(context, path);
    }
  }

  function line(context, style, zoom, path) {
    context.setLineDash(style.dash || []);
    context.lineJoin = "round";
    context.lineCap = style.round ? "round" : "butt";
    context.strokeStyle = Muster.colour(style.stroke);
    context.lineWidth = style.width(zoom);
    stroke(context, path);
    context.setLineDash([]);
  }

  function stroke(context, path) {
    if (path) {
      context.stroke(path);
    } else {
      context.stroke();
    }
  }

  return { paint, casing, line, order, isMain: (name) => !!paint(name)[1].main };
})();
