/* From the bytes of a vector tile to flat arrays by class, in slices that leave pictures their time. */
"use strict";

Muster.slices = (function () {
  const BUDGET_MS = 9;
  const queue = [];
  let running = false;
  let longest = 0;

  function turn() {
    const began = performance.now();
    const end = began + BUDGET_MS;
    while (queue.length && performance.now() < end) {
      const job = queue[0];
      let step = { done: true };
      if (!job.cancelled) {
        try {
          step = job.work.next();
        } catch (error) {
          step = { done: true, failed: error };
        }
      }
      if (step.done) {
        queue.splice(queue.indexOf(job), 1);
        if (!job.cancelled) {
          job.done(step.failed ? null : step.value, step.failed);
        }
      }
    }
    longest = Math.max(longest, performance.now() - began);
    running = queue.length > 0;
    if (running) {
      setTimeout(turn, 0);
    }
  }

  /** Run a generator bit by bit; `done(value, error)` hears its return. */
  function run(work, done, first) {
    const job = { work: work, done: done, cancelled: false };
    if (first) {
      queue.unshift(job);
    } else {
      queue.push(job);
    }
    if (!running) {
      running = true;
      setTimeout(turn, 0);
    }
    return job;
  }

  return {
    run: run, waiting: () => queue.length, longest: () => longest,
    forget: () => {
      longest = 0;
      return 0;
    },
  };
})();

Muster.decodeTile = (function () {
  const SLICE = 150;
  const MAX_NAMES = 1500;

  class Run {
    constructor(closed) {
      this.closed = closed;
      this.points = [];
      this.ends = []; // of each ring or line
      this.features = []; // ring number after each feature
      this.boxes = [];
    }

    add(lines) {
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      for (const line of lines) {
        for (const point of line) {
          this.points.push(point.x, point.y);
          box[0] = Math.min(box[0], point.x);
          box[1] = Math.min(box[1], point.y);
          box[2] = Math.max(box[2], point.x);
          box[3] = Math.max(box[3], point.y);
        }
        this.ends.push(this.points.length);
      }
      this.features.push(this.ends.length);
      this.boxes.push(...box);
    }

    packed() {
      return {
        closed: this.closed,
        points: Float32Array.from(this.points),
        ends: Uint32Array.from(this.ends),
        features: Uint32Array.from(this.features),
        boxes: Float32Array.from(this.boxes),
      };
    }
  }

  function nameOf(properties) {
    const p = properties;
    const local = p.name || p["name:latin"] || p.ref || "";
    const zh = p["name:zh"] || p["name:zh-Hans"] || p["name_zh"] || "";
    const en = p["name:en"] || p["name_en"] || "";
    return local || zh || en ? { local: String(local), zh: String(zh), en: String(en) } : null;
  }

  /** The longest stretch of a line that is nearly straight: [x, y, x, y], as a name needs it. */
  function straight(lines) {
    let best = null;
    let longest = 0;
    for (const line of lines) {
      let start = 0;
      for (let i = 1; i < line.length; i += 1) {
        const bend = i + 1 < line.length && Math.abs(turn(line[start], line[start + 1], line[i], line[i + 1])) > 0.25;
        if (bend || i + 1 === line.length) {
          const length = Math.hypot(line[i].x - line[start].x, line[i].y - line[start].y);
          if (length > longest) {
            longest = length;
            best = [line[start].x, line[start].y, line[i].x, line[i].y];
          }
          start = i;
        }
      }
    }
    return best;
  }

  function turn(a, b, c, d) {
    const before = Math.atan2(b.y - a.y, b.x - a.x);
    const after = Math.atan2(d.y - c.y, d.x - c.x);
    const angle = after - before;
    return Math.atan2(Math.sin(angle), Math.cos(angle));
  }

  /** A place inside an area: the middle of the widest stretch of its middle row. */
  function inside(rings) {
    const outer = rings.reduce((a, b) => (a.length >= b.length ? a : b));
    const ys = outer.map((point) => point.y);
    const y = (Math.min(...ys) + Math.max(...ys)) / 2 + 0.37;
    const crossings = [];
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i += 1) {
        const a = ring[i - 1];
        const b = ring[i];
        if (a.y > y !== b.y > y) {
          crossings.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
        }
      }
    }
    crossings.sort((a, b) => a - b);
    let best = null;
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      if (!best || crossings[i + 1] - crossings[i] > best[1] - best[0]) {
        best = [crossings[i], crossings[i + 1]];
      }
    }
    return best ? [best[0], y, best[1], y] : null;
  }

  /** Decode; the value is {extent, runs: Map(class → arrays), names}. */
  return function* decode(buffer) {
    const tile = new MvtReader.VectorTile(new MvtReader.Pbf(new Uint8Array(buffer)));
    const runs = new Map();
    const names = [];
    let extent = 4096;
    let since = 0;
    for (const layer of Object.values(tile.layers)) {
      extent = layer.extent;
      for (let i = 0; i < layer.length; i += 1) {
        const feature = layer.feature(i);
        const cls = Muster.tileClass(layer.name, feature.properties, feature.type);
        if (cls) {
          const lines = feature.loadGeometry();
          since += 1;
          if (feature.type > 1 && !cls.startsWith("place.")) {
            if (!runs.has(cls)) {
              runs.set(cls, new Run(feature.type === 3));
            }
            runs.get(cls).add(lines);
          }
          const name = names.length < MAX_NAMES || feature.type === 1 ? nameOf(feature.properties) : null;
          if (name && lines.length && lines[0].length) {
            const first = lines[0][0];
            const at = feature.type === 1 ? [first.x, first.y, first.x, first.y]
              : feature.type === 2 ? straight(lines) : inside(lines);
            if (at) {
              names.push({ cls: cls, name: name, at: at });
            }
          }
        }
        if (since >= SLICE) {
          since = 0;
          yield;
        }
      }
    }
    const packed = new Map();
    for (const [cls, run] of runs) {
      packed.set(cls, run.packed());
      yield;
    }
    return { extent: extent, runs: packed, names: names };
  };
})();
