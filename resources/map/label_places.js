/* Chooses what is named and where: the important first, no text over a text, as few symbols under
 * one as can be, and each where it stood a second ago as long as it fits there. No canvas is needed.
 */
"use strict";

(function () {
  const LINE = 16;
  const FAR = [30, 52, 78, 108, 145];
  const SAME_PX = 6;
  const CLEAR_PX2 = 12;
  const PASSING = 0.25;
  const MIDDLE_CLEAR = 0.12;
  const ALONG_CLEAR = 0.3;
  const PIECE = 14;
  const STEP_COST = 0.02;
  const FAR_COST = 0.3;
  const RING_COST = 0.1;
  const CROSSED_COST = 0.5;

  /** Places round a point by name, the best first: left and top, and the side the text begins at. */
  function near({ x, y, gap, width, height }) {
    const aside = 0.7 * gap;
    const over = 0.5 * gap;
    return {
      right: at(x + gap, y - 8, "left"), left: at(x - gap - width, y - 8, "right"),
      above: at(x - width / 2, y - gap + 2 - height, "center"), below: at(x - width / 2, y + gap - 2, "center"),
      aboveRight: at(x + aside, y - over - height, "left"), belowRight: at(x + aside, y + over, "left"),
      aboveLeft: at(x - aside - width, y - over - height, "right"),
      belowLeft: at(x - aside - width, y + over, "right"),
    };
  }

  /** Places farther off, for what must be read where all round it is taken: with a line to it. */
  function far({ x, y, gap, width }) {
    const found = {};
    for (const [ring, off] of FAR.entries()) {
      for (const [side, left, begin] of [["Right", x + gap, "left"], ["Left", x - gap - width, "right"]]) {
        found["up" + side + ring] = at(left, y - off - 8, begin);
        found["down" + side + ring] = at(left, y + off - 8, begin);
      }
      found["right" + ring] = at(x + gap + off, y - 8, "left");
      found["left" + ring] = at(x - gap - off - width, y - 8, "right");
    }
    return found;
  }

  function ringOf(name) {
    return Number(name[name.length - 1]);
  }

  const at = (x, y, side) => ({ x: x, y: y, side: side });
  const ink = (place, label) => [place.x, place.y + 2, label.width, label.height - 4];
  const body = (place, label) => [place.x - 2, place.y, label.width + 4, label.height];

  class Places {
    constructor() {
      this.kept = new Map();
      this.zoom = null;
    }

    /** Choose among `labels`; they have a measured `width` and `height` [CSS px].
     *
     * A `strong` one is named farther off, by a line, where there is no good place beside it; one
     * that may lie `over` symbols has the least bad one; any other one has a clear place or none.
     * A `value` keeps the room that its widest text so far took.
     *
     * `ground` has the `zoom`, the `view` [left, top, right, bottom], the `panels` that lie over the
     * map and the `cover` of symbols. Returns what is written: {label, x, y, side, line}.
     */
    choose(labels, ground) {
      if (ground.zoom !== this.zoom) {
        this.kept.clear();
        this.zoom = ground.zoom;
      }
      this.ground = ground;
      this.room = new Muster.Room();
      ground.panels.forEach((panel) => this.room.take(panel));
      this.anchors = [];
      const before = this.kept;
      const order = labels.map((label, n) => ({ label: label, n: n, held: before.has(label.key) ? 0 : 1 }));
      order.sort((a, b) => a.label.rank - b.label.rank || a.held - b.held || a.n - b.n);
      const now = new Map();
      const found = [];
      for (const { label } of order) {
        const held = before.get(label.key);
        if (held && label.value) {
          label.width = Math.max(label.width, held.width);
        }
        const place = this._place(label, held && held.spot);
        if (place) {
          found.push(place);
          if (label.key !== undefined && place.spot) {
            now.set(label.key, { spot: place.spot, width: label.width });
          }
        }
      }
      this.kept = now;
      return found;
    }

    _place(label, spot) {
      if (label.angle !== undefined) {
        return this._along(label);
      }
      if (label.align === "center") {
        return this._middle(label);
      }
      const must = label.must === undefined ? label.rank <= 1 : label.must;
      if (!must && this._hidden(label)) {
        return null;
      }
      if (!label.strong && this.anchors.some(([x, y]) => Math.hypot(x - label.x, y - label.y) < SAME_PX)) {
        return null;
      }
      const place = this._again(label, spot) || this._new(label) || (must ? this._anyhow(label) : null);
      if (place) {
        this.anchors.push([label.x, label.y]);
        this.room.take(body(place, label));
        if (place.line) {
          this._dots(place.line).forEach((dot) => this.room.take(dot));
        }
      }
      return place;
    }

    /** A thing that isn't to be seen isn't named. */
    _hidden({ x, y }) {
      const [left, top, right, bottom] = this.ground.view;
      return x < left || y < top || x > right || y > bottom || this.ground.panels.some(
        ([a, b, width, height]) => x > a && y > b && x < a + width && y < b + height
      );
    }

    /** Whether a text is whole on screen and touches none. */
    _fits(place, label) {
      return this._whole(place, label) && this.room.free(body(place, label));
    }

    _whole(place, size) {
      const [left, top, right, bottom] = this.ground.view;
      return place.x >= left && place.y >= top
        && place.x + size.width <= right && place.y + size.height <= bottom;
    }

    /** Where it stood: what passes under it doesn't drive it away. */
    _again(label, spot) {
      if (!spot) {
        return null;
      }
      const beside = near(label)[spot];
      const place = beside || far(label)[spot];
      const most = label.strong ? 2 * PASSING : PASSING;
      if (!this._fits(place, label) || this.ground.cover.share(ink(place, label)) > most) {
        return null;
      }
      return made(label, spot, place, beside ? null : this._line(place, label));
    }

    _new(label) {
      const cover = this.ground.cover;
      const bold = label.strong || label.over;
      let best = null;
      let least = Infinity;
      let step = 0;
      for (const [spot, place] of Object.entries(near(label))) {
        step += STEP_COST;
        if (!this._fits(place, label)) {
          continue;
        }
        const share = cover.share(ink(place, label));
        if (!bold && share * label.width * label.height <= CLEAR_PX2) {
          return made(label, spot, place, null);
        }
        if (bold && share + step < least) {
          least = share + step;
          best = made(label, spot, place, null);
        }
      }
      if (!label.strong || least < FAR_COST) {
        return best;
      }
      for (const [spot, place] of Object.entries(far(label))) {
        let cost = FAR_COST + RING_COST * ringOf(spot) + cover.share(ink(place, label));
        if (cost < least && this._fits(place, label)) {
          const line = this._line(place, label);
          cost += this._open(line) ? 0 : CROSSED_COST;
          if (cost < least) {
            least = cost;
            best = made(label, spot, place, line);
          }
        }
      }
      return best;
    }

    /** The last resort of what is always named: whole on screen, were it over another text. */
    _anyhow(label) {
      const spots = Object.entries(near(label));
      const [spot, place] = spots.find((each) => this._whole(each[1], label)) || spots[0];
      return made(label, spot, place, null);
    }

    /** The line from a symbol's edge to a text farther off. */
    _line(place, label) {
      const endX = place.side === "left" ? place.x - 3 : place.x + label.width + 3;
      const endY = place.y + 8;
      const long = Math.hypot(endX - label.x, endY - label.y);
      const from = Math.min(long, Math.max(0, label.gap - 4));
      const share = long ? from / long : 0;
      return [label.x + share * (endX - label.x), label.y + share * (endY - label.y), endX, endY];
    }

    _dots([x0, y0, x1, y1]) {
      const count = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 5));
      return Array.from({ length: count }, (_, n) => [
        x0 + ((x1 - x0) * (n + 0.5)) / count - 1.5, y0 + ((y1 - y0) * (n + 0.5)) / count - 1.5, 3, 3,
      ]);
    }

    /** Whether a line runs through no text. */
    _open(line) {
      return this._dots(line).every((dot) => this.room.free(dot));
    }

    /** An area's name in its middle, or a line above or below it. */
    _middle(label) {
      for (const shift of [0, -LINE, LINE]) {
        const place = at(label.x - label.width / 2, label.y - 8 + shift, "center");
        if (this._fits(place, label) && this.ground.cover.share(ink(place, label)) <= MIDDLE_CLEAR) {
          this.room.take(body(place, label));
          return made(label, "", place, null);
        }
      }
      return null;
    }

    /** A name along a line: it takes the squares it runs through, not the box round all of them. */
    _along(label) {
      const count = Math.max(1, Math.ceil(label.width / PIECE));
      const squares = Array.from({ length: count }, (_, n) => {
        const off = ((n + 0.5) / count - 0.5) * label.width;
        const x = label.x + off * Math.cos(label.angle);
        return [x - PIECE / 2, label.y + off * Math.sin(label.angle) - PIECE / 2, PIECE, PIECE];
      });
      const share = squares.reduce((sum, each) => sum + this.ground.cover.share(each), 0) / count;
      const size = { width: PIECE, height: PIECE };
      const open = (each) => this._whole({ x: each[0], y: each[1] }, size) && this.room.free(each);
      if (share > ALONG_CLEAR || !squares.every(open)) {
        return null;
      }
      squares.forEach((each) => this.room.take(each));
      return { label: label, spot: "", x: label.x, y: label.y, side: "center", line: null };
    }
  }

  function made(label, spot, place, line) {
    return { label: label, spot: spot, x: place.x, y: place.y, side: place.side, line: line };
  }

  Muster.LabelPlaces = Places;
})();
