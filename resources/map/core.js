/* The page's spine: parts, messages from the desk, world coordinates, small DOM helpers.
 *
 * Positions are unsigned 32 bit fractions of the Web Mercator square (9 mm at the equator), so
 * that drawing is one multiplication and one subtraction per point. Text from data reaches the
 * screen by textContent and fillText only.
 */
"use strict";

const Muster = (function () {
  const WORLD = 4294967296;
  const builders = new Map();
  const handlers = new Map();
  const parts = {};
  const watchers = new Map();
  const state = { colours: {}, dark: true, words: {}, map: null, seq: 0, received: 0, lost: 0 };
  let outlet = null;
  let waiting = [];

  /** Enter the builder of a part; folium's page script installs it by name. */
  function define(name, build) {
    builders.set(name, build);
  }

  function install(name, map, options) {
    const build = builders.get(name);
    if (!build) {
      throw new Error("no such map part: " + name);
    }
    state.map = map;
    parts[name] = build(map, options || {}) || {};
    return parts[name];
  }

  /** Let `handler(payload)` take messages of a topic from the desk. */
  function on(topic, handler) {
    if (!handlers.has(topic)) {
      handlers.set(topic, []);
    }
    handlers.get(topic).push(handler);
  }

  function receive(message) {
    for (const handler of handlers.get(message.topic) || []) {
      handler(message.payload, message);
    }
    if (message.seq !== undefined) {
      acknowledge(message.seq);
    }
  }

  /** A number that doesn't follow the last one means that something was lost: the desk sends all. */
  function acknowledge(seq) {
    const lost = state.seq > 0 && seq !== state.seq + 1;
    state.seq = seq;
    state.received += 1;
    if (lost) {
      state.lost += 1;
      send("gap", { seq: seq });
    }
    send("ack", { seq: seq });
  }

  /** Send a fact to the desk; facts told before the bridge stands wait for it. */
  function send(topic, payload) {
    const text = JSON.stringify({ topic: topic, payload: payload || {} });
    if (outlet) {
      outlet(text);
    } else {
      waiting.push(text);
    }
  }

  function attach(sender) {
    outlet = sender;
    waiting.forEach(sender);
    waiting = [];
  }

  /** Watch a fact inside the page, such as "theme" or "drawn". */
  function watch(fact, watcher) {
    if (!watchers.has(fact)) {
      watchers.set(fact, []);
    }
    watchers.get(fact).push(watcher);
  }

  function tell(fact, value) {
    for (const watcher of watchers.get(fact) || []) {
      watcher(value);
    }
  }

  function world(lat, lon) {
    const bounded = Math.max(-85.0511287798, Math.min(85.0511287798, lat));
    const sine = Math.sin((bounded * Math.PI) / 180);
    const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    return [((lon + 180) / 360) * WORLD, y * WORLD];
  }

  function latLng(x, y) {
    const n = Math.PI * (1 - (2 * y) / WORLD);
    return L.latLng((Math.atan(Math.sinh(n)) * 180) / Math.PI, (x / WORLD) * 360 - 180);
  }

  function colour(token) {
    return state.colours[token] || state.colours.text || "gray";
  }

  /** Put a colour under another opacity: canvas and SVG take #rrggbbaa. */
  function faded(token, opacity) {
    const value = colour(token);
    const alpha = Math.round(Math.max(0, Math.min(1, opacity)) * 255);
    return value.slice(0, 7) + alpha.toString(16).padStart(2, "0");
  }

  function word(key) {
    return state.words[key] || key;
  }

  function fill(template, values) {
    return word(template).replace(/\{(\w+)\}/g, (whole, name) =>
      name in values ? String(values[name]) : whole
    );
  }

  function element(tag, className, parent, text) {
    const made = document.createElement(tag);
    if (className) {
      made.className = className;
    }
    if (text !== undefined) {
      made.textContent = text;
    }
    if (parent) {
      parent.appendChild(made);
    }
    return made;
  }

  on("theme", (theme) => {
    state.colours = theme.colours;
    state.dark = theme.dark;
    const style = document.documentElement.style;
    for (const [token, value] of Object.entries(theme.colours)) {
      style.setProperty("--" + token.replace(/[._]/g, "-"), value);
    }
    tell("theme", theme);
    tell("redraw");
  });

  on("words", (words) => {
    state.words = words;
    document.documentElement.lang = words.language === "zh" ? "zh-CN" : "en";
    tell("words", words);
    tell("redraw");
  });

  window.addEventListener("error", (event) => {
    send("error", { text: String(event.message), source: String(event.filename || "") });
  });
  window.addEventListener("unhandledrejection", (event) => {
    send("error", { text: String(event.reason), source: "promise" });
  });
  document.addEventListener("securitypolicyviolation", (event) => {
    send("violation", { directive: event.violatedDirective, uri: event.blockedURI });
  });

  return {
    WORLD, state, parts, define, install, on, receive, send, attach, watch, tell,
    world, latLng, colour, faded, word, fill, element,
  };
})();
