/* The way to the desk: JSON text over QWebChannel. The page speaks first: what Qt says before is lost. */
"use strict";

Muster.define("bridge", function () {
  const fonts = document.fonts.load("12px MusterSans", "监M").catch(() => []);
  fonts.then(() => Muster.tell("fonts"));
  if (!window.qt || !window.QWebChannel) {
    return {};
  }
  new QWebChannel(window.qt.webChannelTransport, (channel) => {
    const desk = channel.objects.desk;
    desk.message.connect((text) => Muster.receive(JSON.parse(text)));
    Muster.attach((text) => desk.receive(text));
    Muster.send("ready", { parts: Object.keys(Muster.parts) });
  });
  return {};
});
