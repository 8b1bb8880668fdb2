/* Land and water of the world (Natural Earth), cut into tiles at three levels of detail. */
"use strict";

Muster.World = class {
  constructor() {
    this.levels = [];
    this.body = null;
    this.cache = new Map();
  }

  async load(url) {
    const response = await fetch(url);
    const inflated = response.body.pipeThrough(new DecompressionStream("deflate"));
    const buffer = await new Response(inflated).arrayBuffer();
    const headLength = new DataView(buffer).getUint32(4, true);
    const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, headLength)));
    this.levels = head.levels;
    this.body = new Uint8Array(buffer, 8 + headLength);
  }

  level(zoom) {
    let chosen = 0;
    for (let i = 0; i < this.levels.length; i += 1) {
      if (zoom >= this.levels[i].from_zoom) {
        chosen = i;
      }
    }
    return chosen;
  }

  /** Decoded tile: {land, lakes, rivers}, each a list of world coordinate arrays. */
  tile(levelIndex, column, row) {
    const name = levelIndex + "/" + column + "/" + row;
    if (this.cache.has(name)) {
      return this.cache.get(name);
    }
    const level = this.levels[levelIndex];
    const place = level.tiles[column + "/" + row];
    const tile = place === undefined ? null : this._decode(place, Muster.WORLD / 2 ** level.bits);
    if (this.cache.size > 256) {
      this.cache.clear();
    }
    this.cache.set(name, tile);
    return tile;
  }

  _decode(place, unit) {
    const body = this.body;
    let at = place;
    const next = () => {
      let value = 0;
      let shift = 1;
      for (;;) {
        const byte = body[at];
        at += 1;
        value += (byte & 127) * shift;
        if (byte < 128) {
          return value;
        }
        shift *= 128;
      }
    };
    const signed = () => {
      const value = next();
      return value % 2 ? -(value + 1) / 2 : value / 2;
    };
    const layer = () => {
      const lines = [];
      const count = next();
      for (let i = 0; i < count; i += 1) {
        const points = new Float64Array(2 * next());
        let x = 0;
        let y = 0;
        for (let j = 0; j < points.length; j += 2) {
          x += signed();
          y += signed();
          points[j] = x * unit;
          points[j + 1] = y * unit;
        }
        lines.push(points);
      }
      return lines;
    };
    return { land: layer(), lakes: layer(), rivers: layer() };
  }

  draw(context, frame) {
    context.fillStyle = Muster.colour("map.water");
    context.fillRect(0, 0, frame.width, frame.height);
    if (!this.body) {
      return;
    }
    const levelIndex = this.level(frame.zoom);
    const across = 2 ** this.levels[levelIndex].tile_zoom;
    const size = Muster.WORLD / across;
    const [west, north, east, south] = frame.bounds(0);
    const clamp = (value) => Math.max(0, Math.min(across - 1, Math.floor(value / size)));
    const tiles = [];
    for (let row = clamp(north); row <= clamp(south); row += 1) {
      for (let column = clamp(west); column <= clamp(east); column += 1) {
        const tile = this.tile(levelIndex, column, row);
        if (tile) {
          tiles.push(tile);
        }
      }
    }
    tiles.forEach((tile) => this._fill(context, frame, tile.land, "map.land"));
    tiles.forEach((tile) => this._fill(context, frame, tile.lakes, "map.water"));
    context.strokeStyle = Muster.colour("map.water");
    context.lineWidth = frame.zoom < 6 ? 0.7 : 1.4;
    context.lineJoin = "round";
    context.beginPath();
    tiles.forEach((tile) => tile.rivers.forEach((line) => Muster.trace(context, frame, line)));
    context.stroke();
  }

  _fill(context, frame, rings, token) {
    context.fillStyle = Muster.colour(token);
    context.beginPath();
    rings.forEach((ring) => Muster.trace(context, frame, ring));
    context.fill("evenodd");
  }
};

/** Add a line of interleaved world coordinates to the path. */
Muster.trace = function (context, frame, line) {
  context.moveTo(frame.x(line[0]), frame.y(line[1]));
  for (let i = 2; i < line.length; i += 2) {
    context.lineTo(frame.x(line[i]), frame.y(line[i + 1]));
  }
};

Muster.define("base", function (map, options) {
  const world = new Muster.World();
  const layer = new Muster.CanvasLayer({
    pane: "base",
    draw: (context, frame) => {
      context.fillStyle = Muster.colour(Muster.layers.off("base") ? "map.land" : "map.water");
      context.fillRect(0, 0, frame.width, frame.height);
      if (!Muster.layers.off("base")) {
        context.globalAlpha = Muster.layers.alpha("base");
        world.draw(context, frame);
        context.globalAlpha = 1;
      }
    },
  }).addTo(map);
  world.load(options.world).then(() => layer.redraw());
  return { redraw: () => layer.redraw(), world: world };
});
