/* What the desk chose of the layers: shown or not, how faint, in which order, at which zooms.
 *
 * Every part that draws asks here; nobody keeps its own list of hidden layers.
 */
"use strict";

Muster.layers = (function () {
  let hidden = new Set();
  let opacity = {};
  let ranges = {};
  let places = new Map();
  let order = [];

  Muster.on("layers", (payload) => {
    hidden = new Set(payload.hidden);
    opacity = payload.opacity || {};
    ranges = payload.ranges || {};
    order = payload.order || [];
    places = new Map(order.map((id, place) => [id, place]));
    Muster.tell("layers");
    Muster.tell("redraw");
    Muster.tell("labels");
  });

  /** Whether somebody switched the layer off. */
  function off(id) {
    return hidden.has(id);
  }

  function inRange(id, zoom) {
    const range = ranges[id];
    return !range || (zoom >= range[0] && zoom < range[1]);
  }

  /** Whether a layer is drawn at a zoom. */
  function shown(id, zoom) {
    return !hidden.has(id) && inRange(id, zoom);
  }

  /** A layer's opacity, 0…1. */
  function alpha(id) {
    return opacity[id] === undefined ? 1 : opacity[id];
  }

  /** Compare two layers for drawing: the lower first. */
  function below(a, b) {
    return (places.has(b) ? places.get(b) : -1) - (places.has(a) ? places.get(a) : -1);
  }

  function message(nowHidden) {
    return { hidden: [...nowHidden], opacity: opacity, ranges: ranges, order: order };
  }

  return {
    off: off, inRange: inRange, shown: shown, alpha: alpha, below: below, message: message,
    hidden: () => hidden,
  };
})();
