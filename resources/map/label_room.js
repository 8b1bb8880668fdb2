/* Where text may go: boxes that are taken, and how much of the ground symbols cover. */
"use strict";

(function () {
  const CELL = 64;
  const FINE = 4;

  /** Boxes [x, y, width, height] in CSS px that nothing else may touch. */
  class Room {
    constructor() {
      this.taken = new Map();
    }

    _cells([x, y, width, height], visit) {
      for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row += 1) {
        for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column += 1) {
          if (visit(row * 4096 + column) === false) {
            return false;
          }
        }
      }
      return true;
    }

    free(box) {
      const [x, y, width, height] = box;
      return this._cells(box, (cell) =>
        !(this.taken.get(cell) || []).some(
          ([a, b, w, h]) => x < a + w && x + width > a && y < b + h && y + height > b
        )
      );
    }

    take(box) {
      this._cells(box, (cell) => {
        if (!this.taken.has(cell)) {
          this.taken.set(cell, []);
        }
        this.taken.get(cell).push(box);
        return true;
      });
    }
  }

  /** How much of a box is under symbols: squares of 4 px, asked by sums over rectangles. */
  class Cover {
    constructor(width, height) {
      this.across = Math.max(1, Math.ceil(width / FINE));
      this.down = Math.max(1, Math.ceil(height / FINE));
      this.marks = new Uint8Array(this.across * this.down);
      this.sums = null;
    }

    /** Enter a symbol of a radius [CSS px]; one of more `weight` is worse to write over. */
    mark(x, y, radius, weight) {
      const left = Math.max(0, Math.ceil((x - radius) / FINE - 0.5));
      const right = Math.min(this.across - 1, Math.floor((x + radius) / FINE - 0.5));
      const top = Math.max(0, Math.ceil((y - radius) / FINE - 0.5));
      const bottom = Math.min(this.down - 1, Math.floor((y + radius) / FINE - 0.5));
      for (let row = top; row <= bottom; row += 1) {
        for (let at = row * this.across + left; at <= row * this.across + right; at += 1) {
          if (this.marks[at] < weight) {
            this.marks[at] = weight;
          }
        }
      }
      this.sums = null;
    }

    _sum() {
      const wide = this.across + 1;
      const sums = new Int32Array(wide * (this.down + 1));
      for (let row = 0; row < this.down; row += 1) {
        let line = 0;
        for (let column = 0; column < this.across; column += 1) {
          line += this.marks[row * this.across + column];
          sums[(row + 1) * wide + column + 1] = sums[row * wide + column + 1] + line;
        }
      }
      return sums;
    }

    /** The covered part of a box, 0…1 with symbols of weight 1. */
    share([x, y, width, height]) {
      this.sums = this.sums || this._sum();
      const within = (n, most) => Math.max(0, Math.min(most, Math.round(n / FINE)));
      const left = within(x, this.across);
      const right = within(x + width, this.across);
      const top = within(y, this.down);
      const bottom = within(y + height, this.down);
      const wide = this.across + 1;
      const found = this.sums[bottom * wide + right] - this.sums[top * wide + right]
        - this.sums[bottom * wide + left] + this.sums[top * wide + left];
      return found / Math.max(1, (width * height) / (FINE * FINE));
    }
  }

  Muster.Room = Room;
  Muster.Cover = Cover;
})();
