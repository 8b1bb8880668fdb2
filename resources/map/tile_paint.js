/* Paints one cell of the screen's grid out of a decoded tile, in slices. */
"use strict";

Muster.paintTile = (function () {
  const SLICE = 500; // rings and lines between two looks at the clock

  /** Add the features of a run that touch the window to a path, from feature `from` on. */
  function trace(path, run, window, from) {
    const { scale, dx, dy, box } = window;
    let feature = from;
    let taken = 0;
    for (; feature < run.features.length && taken < SLICE; feature += 1) {
      const b = 4 * feature;
      if (run.boxes[b] > box[2] || run.boxes[b + 2] < box[0] || run.boxes[b + 1] > box[3] || run.boxes[b + 3] < box[1]) {
        continue;
      }
      for (let ring = feature ? run.features[feature - 1] : 0; ring < run.features[feature]; ring += 1) {
        let i = ring ? run.ends[ring - 1] : 0;
        path.moveTo(run.points[i] * scale - dx, run.points[i + 1] * scale - dy);
        for (i += 2; i < run.ends[ring]; i += 2) {
          path.lineTo(run.points[i] * scale - dx, run.points[i + 1] * scale - dy);
        }
        if (run.closed) {
          path.closePath();
        }
        taken += 1;
      }
    }
    return feature;
  }

  function* paths(run, window) {
    let from = 0;
    while (from < run.features.length) {
      const path = new Path2D();
      from = trace(path, run, window, from);
      yield path;
    }
  }

  /** Paint: areas, then the edges of all roads, then all lines, each in the order of classes. */
  return function* paintTile(context, tile, window, zoom) {
    const lines = [];
    for (const cls of Muster.paints.order) {
      const run = tile.runs.get(cls);
      const [smallest, style] = Muster.paints.paint(cls);
      if (!run || zoom < smallest) {
        continue;
      }
      for (const path of paths(run, window)) {
        yield; // the path is made; it is filled in another slice when time is up
        if (style.fill && run.closed) {
          context.fillStyle = Muster.colour(style.fill);
          context.fill(path); // outer rings and holes turn opposite ways
          if (style.stroke && !(zoom < style.strokeFrom)) {
            Muster.paints.line(context, style, zoom, path);
          }
        } else if (style.stroke) {
          lines.push([style, path]);
        }
        yield;
      }
    }
    for (const [style, path] of lines) {
      Muster.paints.casing(context, style, zoom, path);
      yield;
    }
    for (const [style, path] of lines) {
      Muster.paints.line(context, style, zoom, path);
      yield;
    }
  };
})();
