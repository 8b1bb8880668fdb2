/* The page as a picture for paper: any zoom, and none of what only serves a screen. */
"use strict";

Muster.define("printing", function (map) {
  Muster.on("print", (payload) => {
    document.documentElement.classList.add("printing");
    map.options.zoomSnap = 0;
    map.setView([payload.lat, payload.lon], payload.zoom, { animate: false });
  });
  return {};
});
