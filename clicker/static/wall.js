/* The wall: swap in what the news brings, draw its picture, and say when the line is down. */
(function () {
  "use strict";

  const body = document.body;
  const screen = document.getElementById("screen");
  const line = document.getElementById("line");

  function draw() {
    screen.querySelectorAll("figure[data-spec]").forEach((figure) => window.clickerChart.draw(figure));
  }

  function take(view) {
    window.live.swap(screen, view.html);
    draw();
  }

  draw();
  window.live.watch({
    auth: () => ({ screen: "wall", code: body.dataset.code, key: body.dataset.key }),
    poll: "/" + body.dataset.code + "/wall/state?key=" + encodeURIComponent(body.dataset.key),
    swap: take,
    lost: (gone) => (line.hidden = !gone),
    on: {
      count: (news) => {
        const place = document.getElementById("count");
        if (place) {
          place.innerHTML = news.html;
        }
      },
      gone: () => location.reload(),
    },
  });

  // Where the browser allows it (the wall is opened on this computer), the screen does not fall asleep.
  async function stayAwake() {
    try {
      await navigator.wakeLock?.request("screen");
    } catch {
      // Refused while hidden; asked again when shown.
    }
  }
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();
})();
