/* What is always on the map: words of warning, wind, scale, sources, watermark. */
"use strict";

(function () {
  const SHAPES = { 1: "◆", 2: "▲", 3: "●", 4: "■" };

  function notes(map) {
    const box = Muster.element("div", "muster-notes empty", map.getContainer());
    L.DomEvent.disableClickPropagation(box);
    /* on a narrow map cautions give way to what they are about, counted, a click away */
    box.addEventListener("click", () => {
      box.classList.toggle("open");
      Muster.tell("redraw");
    });
    Muster.on("notes", (payload) => {
      box.replaceChildren();
      const cautions = payload.lines.filter((line) => line.severity >= 2).length;
      for (const line of payload.lines) {
        const row = Muster.element("div", "muster-note severity-" + (line.severity || 0), box);
        if (SHAPES[line.severity]) {
          Muster.element("span", "muster-shape", row, SHAPES[line.severity] + " ");
        }
        Muster.element("span", "", row, line.text);
      }
      if (cautions > 1) {
        Muster.element("div", "muster-note-more severity-2", box, "▲ +" + cautions);
      }
      box.classList.toggle("empty", payload.lines.length === 0);
    });
    return {};
  }

  function wind(map) {
    const box = Muster.element("div", "muster-wind empty", map.getContainer());
    const canvas = Muster.element("canvas", "", box);
    const words = Muster.element("div", "muster-wind-words", box);
    let last = null;

    function arrow(context, fromDeg, token) {
      context.save();
      context.translate(24, 24);
      context.rotate(((fromDeg + 180) * Math.PI) / 180);
      context.strokeStyle = Muster.colour(token);
      context.fillStyle = Muster.colour(token);
      context.lineWidth = 2.4;
      context.lineCap = "round";
      context.beginPath();
      context.moveTo(0, 14);
      context.lineTo(0, -8);
      context.stroke();
      context.beginPath();
      context.moveTo(0, -16);
      context.lineTo(6, -5);
      context.lineTo(-6, -5);
      context.closePath();
      context.fill();
      context.restore();
    }

    function draw() {
      box.classList.toggle("empty", !last || Muster.layers.off("wind"));
      if (!last) {
        return;
      }
      const ratio = window.devicePixelRatio || 1;
      canvas.width = 48 * ratio;
      canvas.height = 48 * ratio;
      const context = canvas.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.beginPath();
      context.arc(24, 24, 22.5, 0, 2 * Math.PI);
      context.fillStyle = Muster.faded("map.pane", 0.9);
      context.fill();
      context.lineWidth = 1;
      context.strokeStyle = Muster.colour("map.frame");
      context.stroke();
      context.fillStyle = Muster.colour("map.symbol_mid");
      context.font = "600 9px MusterSans, sans-serif";
      context.textAlign = "center";
      context.fillText("N", 24, 10);
      for (const from of last.from_deg) {
        arrow(context, from, last.severity ? "severity." + last.severity : "text");
      }
      words.replaceChildren();
      for (const line of last.lines) {
        Muster.element("div", "severity-" + (line.severity || 0), words, line.text);
      }
    }

    Muster.on("wind", (payload) => {
      last = payload.from_deg.length || payload.lines.length ? payload : null;
      draw();
    });
    Muster.watch("theme", draw);
    Muster.watch("layers", draw);
    return {};
  }

  function scale(map) {
    L.control.scale({ imperial: false, maxWidth: 140, position: "bottomleft" }).addTo(map);
    const place = Muster.element("div", "muster-place", map.getContainer());
    let at = null;
    let waiting = false;
    /* the desk writes coordinates, in the notation and datum that were chosen there */
    map.on("mousemove", (event) => {
      at = event.latlng.wrap();
      if (!waiting) {
        waiting = true;
        setTimeout(() => {
          waiting = false;
          if (at) {
            Muster.send("pointer", { lat: at.lat, lon: at.lng });
          }
        }, 80);
      }
    });
    map.on("mouseout", () => {
      at = null;
      place.textContent = "";
    });
    Muster.on("place", (payload) => {
      place.textContent = at ? payload.text : "";
    });
    const sources = Muster.element("div", "muster-sources", map.getContainer());
    Muster.on("sources", (payload) => {
      sources.textContent = payload.text;
    });
    return {};
  }

  function watermark(map) {
    const canvas = Muster.element("canvas", "muster-watermark", map.getContainer());
    let mark = { text: "", token: "" };

    function draw() {
      const size = map.getSize();
      const ratio = window.devicePixelRatio || 1;
      canvas.width = size.x * ratio;
      canvas.height = size.y * ratio;
      if (!mark.text) {
        return;
      }
      const context = canvas.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.rotate((-24 * Math.PI) / 180);
      context.font = "700 30px MusterSans, sans-serif";
      context.fillStyle = Muster.faded(mark.token, 0.09);
      const step = context.measureText(mark.text).width + 170;
      let odd = 0;
      for (let y = -40; y < size.y * 1.2 + size.x * 0.5; y += 150) {
        odd = 1 - odd;
        for (let x = -size.y * 0.5 + (odd * step) / 2; x < size.x * 1.1; x += step) {
          context.fillText(mark.text, x, y);
        }
      }
    }

    Muster.on("watermark", (payload) => {
      mark = payload;
      draw();
    });
    map.on("resize", draw);
    Muster.watch("theme", draw);
    Muster.watch("fonts", draw);
    return {};
  }

  Muster.on("inset", (payload) => {
    document.documentElement.style.setProperty("--inset-top", payload.top + "px");
  });
  Muster.on("focus", (payload) => {
    Muster.state.map.getContainer().classList.toggle("focused", payload.on);
  });
  Muster.define("notes", notes);
  Muster.define("wind", wind);
  Muster.define("scale", scale);
  Muster.define("watermark", watermark);
})();
