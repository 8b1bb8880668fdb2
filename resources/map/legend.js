/* The legend: every layer with its symbol and count; a box shows or hides it.
 *
 * The symbols go to the desk as pictures too, so that its list of layers shows what the map draws.
 */
"use strict";

Muster.define("legend", function (map) {
  const SIDE = 18;
  const box = Muster.element("div", "muster-legend", map.getContainer());
  const head = Muster.element("button", "muster-legend-head", box);
  const list = Muster.element("div", "muster-legend-list", box);
  let rows = [];
  head.type = "button";
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  head.addEventListener("click", () => {
    box.classList.toggle("open");
    head.setAttribute("aria-expanded", String(box.classList.contains("open")));
    draw();
  });

  const painters = {
    line: (context) => {
      context.lineWidth = 3;
      context.beginPath();
      context.moveTo(2, 13);
      context.lineTo(16, 5);
      context.stroke();
    },
    area: (context) => {
      context.globalAlpha = 0.3;
      context.fillRect(2.5, 4.5, 13, 9);
      context.globalAlpha = 1;
      context.lineWidth = 1.6;
      context.strokeRect(2.5, 4.5, 13, 9);
    },
    text: (context) => {
      context.font = "600 12px MusterSans, sans-serif";
      context.fillText("Aa", 1, 13);
    },
  };

  function swatch(style, drawn, ink) {
    const ratio = window.devicePixelRatio || 1;
    const canvas = document.createElement("canvas");
    canvas.className = "muster-swatch";
    canvas.width = SIDE * ratio;
    canvas.height = SIDE * ratio;
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (style) {
      Muster.symbols.draw(context, style, SIDE / 2, SIDE / 2, style === "wind" ? 0.62 : 0.95);
    } else {
      context.strokeStyle = Muster.colour(ink);
      context.fillStyle = Muster.colour(ink);
      (painters[drawn] || painters.area)(context);
    }
    return canvas;
  }

  function swatches(row) {
    const styles = row.styles.length ? row.styles : [""];
    return styles.map((style) => swatch(style, row.drawn, row.ink));
  }

  function toggle(row, shown) {
    const hidden = new Set(Muster.layers.hidden());
    if (shown) {
      hidden.delete(row.layer);
    } else {
      hidden.add(row.layer);
    }
    Muster.receive({ topic: "layers", payload: Muster.layers.message(hidden) });
    Muster.send("layers", { hidden: [...hidden] });
  }

  function line(row) {
    const label = Muster.element("label", "muster-legend-row", list);
    const check = Muster.element("input", "", label);
    check.type = "checkbox";
    check.checked = !Muster.layers.off(row.layer);
    check.addEventListener("change", () => toggle(row, check.checked));
    label.classList.toggle("away", !Muster.layers.inRange(row.layer, map.getZoom()));
    swatches(row).forEach((canvas) => label.appendChild(canvas));
    Muster.element("span", "muster-legend-title", label, row.title);
    Muster.element("span", "muster-legend-count", label, row.count ? row.count.toLocaleString("en") : "");
  }

  function draw() {
    head.textContent = Muster.word("legend");
    list.replaceChildren();
    if (!box.classList.contains("open")) {
      return;
    }
    let group = "";
    for (const row of rows) {
      if (row.group !== group) {
        group = row.group;
        Muster.element("div", "muster-legend-group", list, Muster.word("group." + group));
      }
      line(row);
    }
  }

  /** Tell the desk what the symbols look like: by layer, pictures side by side. */
  function tellSwatches() {
    const pictures = {};
    for (const row of rows) {
      pictures[row.layer] = swatches(row).map((canvas) => canvas.toDataURL());
    }
    Muster.send("swatches", { pictures: pictures });
  }

  function drawAnew() {
    draw();
    tellSwatches();
  }

  Muster.on("legend", (payload) => {
    const old = JSON.stringify(rows.map((row) => row.layer));
    rows = payload.rows;
    draw();
    if (JSON.stringify(rows.map((row) => row.layer)) !== old) {
      tellSwatches();
    }
  });
  Muster.watch("layers", draw);
  Muster.watch("theme", drawAnew);
  Muster.watch("words", draw);
  Muster.watch("fonts", drawAnew);
  map.on("zoomend", draw);
  return { toggle: () => head.click() };
});
