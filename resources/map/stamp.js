/* A picture that sprites are copied into by row: 100,000 symbols in one putImageData. */
"use strict";

Muster.Picture = class {
  constructor() {
    this.width = 0;
    this.height = 0;
    this.image = null;
    this.pixels = null;
  }

  /** Empty the picture; its memory is kept as long as its size is. */
  begin(width, height) {
    if (width !== this.width || height !== this.height) {
      this.width = width;
      this.height = height;
      this.image = new ImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    } else {
      this.pixels.fill(0);
    }
  }

  /** Make the row offsets of sprites fit this picture's width. */
  ready(sprites) {
    for (const sprite of sprites) {
      if (sprite.width !== this.width) {
        sprite.width = this.width;
        sprite.offsets = sprite.dys.map((dy, k) => dy * this.width + sprite.dxs[k]);
      }
    }
  }

  /** Copy a sprite with its middle at a pixel; `ready` has seen it. */
  put(sprite, x, y) {
    const { reach, offsets, rows } = sprite;
    if (x < reach || y < reach || x >= this.width - reach || y >= this.height - reach) {
      this._clipped(sprite, x, y);
      return;
    }
    const at = y * this.width + x;
    const pixels = this.pixels;
    for (let k = 0; k < rows.length; k += 1) {
      pixels.set(rows[k], at + offsets[k]);
    }
  }

  _clipped(sprite, x, y) {
    sprite.rows.forEach((row, k) => {
      const line = y + sprite.dys[k];
      if (line < 0 || line >= this.height) {
        return;
      }
      const from = x + sprite.dxs[k];
      for (let i = Math.max(0, -from); i < row.length && from + i < this.width; i += 1) {
        this.pixels[line * this.width + from + i] = row[i];
      }
    });
  }

  show(context) {
    context.putImageData(this.image, 0, 0);
  }
};

/** Turn a drawn square of pixels into a sprite: runs of a row, edges hard enough to be copied,
 * all as opaque as the layer (`alpha` 0…1). */
Muster.sprite = function (rgba, side, alpha) {
  const opacity = Math.round(255 * alpha) << 24;
  const middle = Math.floor(side / 2);
  const dxs = [];
  const dys = [];
  const rows = [];
  for (let y = 0; y < side; y += 1) {
    let start = -1;
    for (let x = 0; x <= side; x += 1) {
      const solid = x < side && rgba[y * side + x] >>> 24 >= 0x80;
      if (solid && start < 0) {
        start = x;
      } else if (!solid && start >= 0) {
        dxs.push(start - middle);
        dys.push(y - middle);
        rows.push(rgba.slice(y * side + start, y * side + x).map((pixel) => ((pixel & 0xffffff) | opacity) >>> 0));
        start = -1;
      }
    }
  }
  return {
    reach: middle + 1, dxs: Int32Array.from(dxs), dys: Int32Array.from(dys), rows: rows,
    offsets: null, width: 0,
  };
};
