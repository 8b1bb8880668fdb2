/* Tiles of one base map: fetched from the desk, decoded in slices, kept while they are wanted. */
"use strict";

Muster.TileStore = class {
  constructor(description) {
    this.about = description;
    this.held = new Map(); // "z/x/y" → entry, the least wanted first
    this.limit = description.vector ? 60 : 300;
  }

  key(z, x, y) {
    return z + "/" + x + "/" + y;
  }

  /** The entry of a tile; it is fetched when it isn't there. `state` is loading, ready, empty, failed. */
  want(z, x, y) {
    const key = this.key(z, x, y);
    let entry = this.held.get(key);
    if (entry && entry.state === "failed" && performance.now() > entry.again) {
      this.held.delete(key);
      entry = null;
    }
    if (entry) {
      this.held.delete(key); // to the end of the line
    } else {
      entry = { key: key, state: "loading", tile: null, abort: new AbortController(), again: 0 };
      this._load(entry);
    }
    this.held.set(key, entry);
    entry.wanted = true;
    return entry;
  }

  /** Forget what nobody wanted since the last call and what is too much. */
  settle() {
    for (const [key, entry] of this.held) {
      if (!entry.wanted && entry.state === "loading") {
        this._drop(key, entry);
      }
      entry.wanted = false;
    }
    for (const [key, entry] of this.held) {
      if (this.held.size <= this.limit) {
        break;
      }
      this._drop(key, entry);
    }
  }

  _drop(key, entry) {
    entry.abort.abort();
    if (entry.job) {
      entry.job.cancelled = true;
    }
    if (entry.tile && entry.tile.close) {
      entry.tile.close();
    }
    this.held.delete(key);
  }

  clear() {
    for (const [key, entry] of [...this.held]) {
      this._drop(key, entry);
    }
  }

  async _load(entry) {
    const url = "tiles/" + this.about.id + "/" + entry.key + "?v=" + this.about.version;
    try {
      const response = await fetch(url, { signal: entry.abort.signal });
      const blob = await response.blob();
      if (blob.type === "application/x-muster-failed") {
        this._fail(entry);
      } else if (blob.size === 0) {
        this._done(entry, "empty", null);
      } else if (this.about.vector) {
        const buffer = await blob.arrayBuffer();
        entry.job = Muster.slices.run(Muster.decodeTile(buffer), (tile, error) => {
          // a tile that can't be decoded stays so: nothing is gained by asking again
          this._done(entry, error ? "empty" : "ready", tile);
        });
      } else {
        this._done(entry, "ready", await createImageBitmap(blob));
      }
    } catch (error) {
      if (error.name === "InvalidStateError") {
        this._done(entry, "empty", null); // no picture
      } else if (error.name !== "AbortError") {
        this._fail(entry);
      }
    }
  }

  _done(entry, state, tile) {
    entry.state = state;
    entry.tile = tile;
    Muster.tell("tile", entry);
  }

  _fail(entry) {
    entry.state = "failed";
    entry.again = performance.now() + 15000;
    Muster.tell("tile", entry);
    setTimeout(() => Muster.tell("tile", entry), 15100);
  }
};
