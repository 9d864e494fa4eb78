/* The consultant: press without a reload, keys of a presenter remote, the time gone. Without it every button is a form. */
(function () {
  "use strict";

  const body = document.body;
  const screen = document.getElementById("screen");
  const line = document.getElementById("line");
  const run = "/consultant/run/" + body.dataset.run;
  const FORWARD = ["ArrowRight", "PageDown"];
  const BACKWARD = ["ArrowLeft", "PageUp"];
  let pressing = false;
  let problem = "";

  const link = window.live.watch({
    auth: () => ({ screen: "consultant", run: body.dataset.run }),
    poll: run + "/view",
    swap: (view) => {
      if (!editing()) {
        window.live.swap(screen, view.html);
        clock();
      }
    },
    lost: (gone) => say(gone ? window.live.word("lost") : problem),
    on: {
      count: (news) => (document.getElementById("count").innerHTML = news.html),
      gone: () => location.assign("/consultant"),
    },
  });

  /* A view that arrives while somebody types or ticks must not take it away; a press brings the next one. */
  function editing() {
    const active = document.activeElement;
    return screen.contains(active) && active.matches("input:not([type=hidden])") && !pressing;
  }

  screen.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.action.endsWith("/private")) {
      return;
    }
    event.preventDefault();
    if (pressing) {
      return;
    }
    pressing = true;
    problem = "";
    document.activeElement?.blur();
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
      });
      problem = answer.ok ? "" : (await answer.json()).reason;
    } catch {
      problem = window.live.word("lost");
    }
    say(problem);
    await link.sync();
    pressing = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea, summary") || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const wanted = FORWARD.includes(event.key)
      ? "[data-primary]"
      : BACKWARD.includes(event.key)
        ? '[data-move="back"] button'
        : event.key.toLowerCase() === "b" || event.key === "."
          ? "[data-dark] button"
          : "";
    const button = wanted && screen.querySelector(wanted);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });

  function say(text) {
    line.textContent = text;
    line.hidden = !text;
  }

  function clock() {
    const place = screen.querySelector("[data-started]");
    if (place && place.dataset.started) {
      const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(place.dataset.started + "Z")) / 60000));
      place.textContent = minutes + " min.";
    }
  }

  clock();
  setInterval(clock, 10000);
})();
