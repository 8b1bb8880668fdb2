/* A cross on a place that is no object: coordinates that somebody typed, with their datum in words. */
"use strict";

Muster.define("mark", function (map) {
  const ARM = 13;
  let mark = null;
  const layer = new Muster.CanvasLayer({
    pane: "selected", padding: 0.05,
    draw: (context, frame) => {
      context.clearRect(0, 0, frame.width, frame.height);
      if (mark) {
        cross(context, frame.x(mark.x), frame.y(mark.y));
      }
    },
  }).addTo(map);

  function cross(context, x, y) {
    for (const [token, width] of [["map.halo", 5], ["map.selected", 2.2]]) {
      context.beginPath();
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
        context.moveTo(x + 4 * dx, y + 4 * dy);
        context.lineTo(x + ARM * dx, y + ARM * dy);
      }
      context.lineWidth = width;
      context.strokeStyle = Muster.colour(token);
      context.stroke();
    }
  }

  Muster.on("mark", (payload) => {
    mark = null;
    if (payload.lat !== undefined) {
      const [x, y] = Muster.world(payload.lat, payload.lon);
      mark = { x: x, y: y, label: payload.label };
    }
    layer.redraw();
    Muster.tell("labels");
  });

  return {
    shown: () => mark,
    labels: (frame) => (mark && mark.label ? [{
      x: frame.x(mark.x), y: frame.y(mark.y), text: mark.label, gap: 17, rank: 0,
      token: "map.selected", strong: true,
    }] : []),
  };
});
