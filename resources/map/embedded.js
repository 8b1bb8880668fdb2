/* An exported page: it holds all it shows, asks nobody, and answers clicks by itself. */
"use strict";

Muster.define("embedded", function () {
  const messages = JSON.parse(document.getElementById("muster-messages").textContent);

  function answer(text) {
    const fact = JSON.parse(text);
    if (fact.topic === "select") {
      Muster.receive({ topic: "select", payload: chosen(fact.payload) });
    } else if (fact.topic === "click") {
      Muster.receive({ topic: "select", payload: {} });
    }
  }

  /** Where the thing that was clicked is, and what it is called. */
  function chosen(picked) {
    const points = Muster.parts.points;
    if (picked.type === "point" && points) {
      const at = Muster.latLng(points.xs[picked.index], points.ys[picked.index]);
      return { lat: at.lat, lon: at.lng, label: (points.names && points.names[picked.index]) || "" };
    }
    const item = picked.type === "live" && Muster.parts.live.items.get(picked.id);
    return item ? { lat: item.lat, lon: item.lon, label: item.label || item.tip || "" } : {};
  }

  Muster.attach(answer);
  requestAnimationFrame(() => {
    for (const message of messages) {
      Muster.receive({ topic: message.topic, payload: message.payload });
    }
    Muster.loading.whenSettled(() => document.documentElement.classList.add("settled"));
  });
  return {};
});

/* The head of an exported or printed map: what it is, of when, in which mode and datum. */
Muster.define("title", function (map) {
  const box = Muster.element("div", "muster-title empty", map.getContainer());
  Muster.on("title", (payload) => {
    box.classList.toggle("empty", !payload.title);
    box.replaceChildren();
    document.title = payload.title;
    Muster.element("div", "muster-title-head", box, payload.title);
    for (const line of payload.lines) {
      Muster.element("div", "muster-title-line", box, line);
    }
  });
  return {};
});
