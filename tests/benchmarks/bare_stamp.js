/* The yardstick of the map's bulk layer, injected by the benchmark: one canvas, one ImageData, one
 * loop that copies each point's sprite into it. No clusters, no hover, no names, no layers. */
"use strict";

window.bareStamp = (function () {
  let canvas = null;
  let image = null;

  /** Put a canvas of the bulk layer's size where the bulk layer is; the layer itself is hidden. */
  function begin(layer) {
    const model = layer._canvas;
    canvas = document.createElement("canvas");
    canvas.className = model.className;
    canvas.width = model.width;
    canvas.height = model.height;
    canvas.style.width = model.style.width;
    canvas.style.height = model.style.height;
    canvas.style.transform = model.style.transform;
    model.parentNode.appendChild(canvas);
    model.style.display = "none";
    image = new ImageData(canvas.width, canvas.height);
  }

  function end(layer) {
    canvas.remove();
    layer._canvas.style.display = "";
  }

  function draw(frame, points, sprites) {
    const { xs, ys, style, count } = points;
    const { width, height } = canvas;
    const pixels = new Uint32Array(image.data.buffer);
    pixels.fill(0);
    for (let i = 0; i < count; i += 1) {
      const sprite = sprites[style[i]];
      const { side, rgba } = sprite;
      const x = Math.round(frame.x(xs[i]) * frame.ratio) - (side >> 1);
      const y = Math.round(frame.y(ys[i]) * frame.ratio) - (side >> 1);
      if (x < 0 || y < 0 || x + side > width || y + side > height) {
        continue;
      }
      for (let row = 0, from = 0, to = y * width + x; row < side; row += 1, to += width) {
        for (let column = 0; column < side; column += 1, from += 1) {
          if (rgba[from]) {
            pixels[to + column] = rgba[from];
          }
        }
      }
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
  }

  /** The same symbols as squares of pixels, without what the layer prepares for itself. */
  function squares(styles, ratio) {
    return styles.map((style) => {
      const side = Math.ceil(16 * ratio);
      const drawn = document.createElement("canvas");
      drawn.width = side;
      drawn.height = side;
      const context = drawn.getContext("2d", { willReadFrequently: true });
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      Muster.symbols.draw(context, style, 8, 8);
      return { side: side, rgba: new Uint32Array(context.getImageData(0, 0, side, side).data.buffer) };
    });
  }

  function painted(then) {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.addEventListener("message", then, { once: true });
      channel.port1.start();
      channel.port2.postMessage(null);
    });
  }

  /** Stamp and paint `rounds` times with moved points; the times [ms] go to `window.bareTimes`. */
  function run(points, styles, rounds) {
    const layer = points.layer;
    const made = squares(styles, layer.frame.ratio);
    const times = [];
    const step = () => {
      const moved = { count: points.count, style: points.style };
      moved.xs = points.xs.map((x) => x + 40 * times.length);
      moved.ys = points.ys;
      const began = performance.now();
      draw(layer.frame, moved, made);
      painted(() => {
        times.push(performance.now() - began);
        if (times.length < rounds) {
          setTimeout(step, 30);
        } else {
          end(layer);
          window.bareTimes = times;
        }
      });
    };
    window.bareTimes = null;
    begin(layer);
    step();
  }

  return { run: run, painted: painted };
})();
