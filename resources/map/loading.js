/* What the page fetches: counted, so that a picture is taken when all has come, and in an exported
 * page taken from the page itself.
 */
"use strict";

Muster.loading = (function () {
  const QUIET_FRAMES = 4;
  const embedded = document.getElementById("muster-assets");
  const assets = new Map(embedded ? Object.entries(JSON.parse(embedded.textContent)) : []);
  const plain = window.fetch.bind(window);
  let open = 0;

  window.fetch = function (url, options) {
    open += 1;
    return plain(assets.get(String(url)) || url, options).finally(() => {
      open -= 1;
    });
  };

  /** Call `then` once nothing was being fetched for some frames, so that all of it is drawn. */
  function whenSettled(then) {
    let quiet = 0;
    const look = () => {
      quiet = open === 0 ? quiet + 1 : 0;
      if (quiet >= QUIET_FRAMES) {
        then();
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  }

  Muster.on("settle", (payload) => {
    whenSettled(() => Muster.send("settled", { n: payload.n }));
  });

  return { whenSettled: whenSettled };
})();
