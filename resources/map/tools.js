/* The pencil: says where the pointer is and which key was pressed while a tool is in hand, and
 * paints what the desk makes of it. Nothing is computed here: what is shown is what is stored.
 */
"use strict";

Muster.define("tools", function (map, options) {
  const container = map.getContainer();
  const crossed = L.DomUtil.create("div", "muster-crosshair", container);
  const mapName = Muster.element("div", "muster-mapname", container);
  const readout = Muster.element("div", "muster-readout", container);
  let state = {
    tool: "", items: [], handles: [], mids: [], legs: [], held: "", n: 0, handleWorld: [], midWorld: [],
  };
  let asked = 0;
  let waiting = null;
  let grabbed = false;

  const layer = new Muster.CanvasLayer({ pane: "tools", padding: 0.1, draw: draw }).addTo(map);

  function draw(context, frame) {
    context.clearRect(0, 0, frame.width, frame.height);
    state.items.forEach((item) => Muster.sketches.paint(context, frame, item, 1));
    context.lineWidth = 1.6;
    context.strokeStyle = Muster.colour("map.selected");
    const square = (at, size, token) => {
      const [x, y] = at;
      context.fillStyle = Muster.colour(token);
      context.fillRect(frame.x(x) - size, frame.y(y) - size, 2 * size, 2 * size);
      context.strokeRect(frame.x(x) - size, frame.y(y) - size, 2 * size, 2 * size);
    };
    state.midWorld.forEach((at) => square(at, 3, "map.panel_solid"));
    state.handleWorld.forEach((at, i) =>
      square(at, i === state.active ? 6 : 4.5, i === state.active ? "map.selected" : "map.panel_solid")
    );
    if (state.cursorWorld && state.snapped) {
      context.beginPath();
      context.arc(frame.x(state.cursorWorld[0]), frame.y(state.cursorWorld[1]), 9, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  function placeCross() {
    crossed.classList.toggle("shown", !!state.crosshair);
    if (state.crosshair && state.cursor) {
      const at = map.latLngToContainerPoint(state.cursor);
      crossed.style.transform = "translate(" + at.x + "px," + at.y + "px)";
      if (!map.getBounds().contains(state.cursor)) {
        map.panTo(state.cursor, { animate: false });
      }
    }
  }

  Muster.on("sketch", (payload) => {
    state = payload;
    state.items.forEach(Muster.sketches.placed);
    const world = ([lat, lon]) => Muster.world(lat, lon);
    state.handleWorld = state.handles.map(world);
    state.midWorld = state.mids.map(world);
    state.cursorWorld = state.cursor ? world(state.cursor) : null;
    container.classList.toggle("drawing", !!state.tool);
    readout.textContent = state.tool ? state.readout : "";
    readout.classList.toggle("shown", !!readout.textContent);
    if (state.tool) {
      map.doubleClickZoom.disable();
    } else {
      map.doubleClickZoom.enable();
    }
    placeCross();
    layer.redraw();
    Muster.parts.drawings.layer.redraw();
    Muster.tell("labels");
    if (waiting && payload.n >= asked) {
      const next = waiting;
      waiting = null;
      say(next);
    }
  });

  Muster.on("mapname", (payload) => {
    mapName.textContent = payload.text;
    mapName.classList.toggle("shown", !!payload.text);
    mapName.classList.toggle("warns", payload.warns);
  });

  function say(fact) {
    asked += 1;
    Muster.send("tool", { ...fact, n: asked, zoom: map.getZoom() });
  }

  /** Moves wait for the answer to the one before: a slow desk gets fewer, never a queue. */
  function sayMove(fact) {
    if (state.n >= asked) {
      say(fact);
    } else {
      waiting = fact;
    }
  }

  function spot(latlng) {
    return { lat: latlng.lat, lon: latlng.lng };
  }

  /** What of an edited drawing lies under a container position. */
  function part(point) {
    const near = (places) => places.findIndex((place) =>
      map.latLngToContainerPoint(place).distanceTo(point) <= options.reach
    );
    const handle = near(state.handles);
    if (handle >= 0) {
      return { what: "handle", index: handle };
    }
    const mid = near(state.mids);
    if (mid >= 0) {
      return { what: "mid", index: mid };
    }
    return inside(point) ? { what: "body", index: 0 } : null;
  }

  function inside(point) {
    const frame = layer.frame;
    const item = state.items.find((each) => each.id === "edited");
    if (!frame || !item) {
      return false;
    }
    const pixel = map.containerPointToLayerPoint(point).subtract(frame.topLeft).multiplyBy(frame.ratio);
    const context = layer._context;
    context.lineWidth = 2 * options.reach;
    Muster.sketches.trace(context, frame, item);
    return context.isPointInStroke(pixel.x, pixel.y) ||
      (item.rings.length > 0 && context.isPointInPath(pixel.x, pixel.y, "evenodd"));
  }

  map.on("mousedown", (event) => {
    const found = state.tool === "edit" ? part(event.containerPoint) : null;
    if (found) {
      grabbed = true;
      map.dragging.disable();
      say({ do: "grab", ...found, ...spot(event.latlng) });
    }
  });
  map.on("mousemove", (event) => {
    if (grabbed) {
      sayMove({ do: "drag", ...spot(event.latlng) });
    } else if (state.tool && state.tool !== "edit") {
      sayMove({ do: "move", ...spot(event.latlng) });
    }
  });
  window.addEventListener("mouseup", () => {
    if (grabbed) {
      grabbed = false;
      map.dragging.enable();
      if (waiting) {
        say(waiting);
        waiting = null;
      }
      say({ do: "drop" });
    }
  });
  map.on("dblclick", (event) => {
    if (state.tool && state.tool !== "edit") {
      say({ do: "double", ...spot(event.latlng) });
    }
  });
  map.on("moveend", placeCross);

  const KEYS = new Set([
    "Escape", "Enter", "Backspace", "Delete", "Tab", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown",
  ]);
  window.addEventListener("keydown", (event) => {
    const elsewhere = event.target.closest && event.target.closest("button, input, select");
    if (!state.tool || elsewhere || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const types = /^[0-9.]$/.test(event.key);
    const arrow = event.key.startsWith("Arrow");
    if (state.tool === "edit" && arrow && state.active < 0) {
      return;
    }
    if (KEYS.has(event.key) || types) {
      event.preventDefault();
      event.stopPropagation();
      say({
        do: types ? "type" : "key", key: event.key, shift: event.shiftKey, ...spot(map.getCenter()),
      });
    }
  }, true);

  return {
    held: () => state.held || "",
    busy: () => !!state.tool,
    state: () => state,
    /** A click while a tool is in hand; true when the tool took it. */
    click(event) {
      if (!state.tool) {
        return false;
      }
      if (state.tool !== "edit") {
        say({ do: "point", ...spot(event.latlng) });
        return true;
      }
      return !!part(event.containerPoint);
    },
    labels: (frame) => state.legs.map((leg) => {
      const [x, y] = Muster.world(leg.at[0], leg.at[1]);
      return {
        x: frame.x(x), y: frame.y(y), text: leg.text, gap: 10, rank: 0,
        token: "map.label_strong", strong: true,
      };
    }),
  };
});
