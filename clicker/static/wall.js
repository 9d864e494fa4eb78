/* The wall: swap in what the news brings, draw its picture, keep everything inside the screen, say when the line is down. */
(function () {
  "use strict";

  const SMALLEST = 5;
  const body = document.body;
  const screen = document.getElementById("screen");
  const told = document.getElementById("told");
  const line = document.getElementById("line");
  let html = "";
  let watch = null;

  function draw() {
    screen.querySelectorAll("figure[data-spec]").forEach((figure) => window.clickerChart.draw(figure));
  }

  /* Long words make smaller letters, step by step; the style sheet says how small the last step is. */
  function fit() {
    const section = screen.querySelector("section");
    for (let step = 0; section && step <= SMALLEST; step += 1) {
      section.dataset.fit = step;
      if (![section, ...section.querySelectorAll("[data-fits]")].some(spills)) {
        return;
      }
    }
  }

  function spills(box) {
    return box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;
  }

  function take(view) {
    // Asked for again and again while the socket is away: only what differs is swapped in.
    if (view.html !== html) {
      html = view.html;
      window.live.swap(screen, html);
      fit();
      draw();
    }
    if (body.dataset.turn !== String(view.turn)) {
      body.dataset.turn = view.turn;
      tell();
    }
  }

  /* One press, one sentence for those who listen: the title; the rest they may read for themselves. */
  function tell() {
    told.textContent = screen.querySelector("h1")?.textContent || "";
  }

  function count(news) {
    const place = document.getElementById("count");
    // Numbers of another turn stand in that turn's own view.
    if (place && String(news.turn) === body.dataset.turn) {
      place.innerHTML = news.html;
      fit();
    }
  }

  function say(gone) {
    const word = gone ? "gone" : watch?.socket.connected === false ? "slow" : "";
    line.hidden = !word;
    line.querySelectorAll("[data-when]").forEach((part) => (part.hidden = part.dataset.when !== word));
    fit();
  }

  fit();
  draw();
  watch = window.live.watch({
    auth: () => ({ screen: "wall", code: body.dataset.code, key: body.dataset.key }),
    poll: "/" + body.dataset.code + "/wall/state?key=" + encodeURIComponent(body.dataset.key),
    swap: take,
    lost: say,
    on: { count: count, gone: () => location.reload() },
  });
  window.addEventListener("resize", fit);
  document.fonts.ready.then(fit);

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
