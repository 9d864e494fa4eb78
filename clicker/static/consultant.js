/* The consultant: press without a reload, keys of a presenter remote, the time gone. Without it every button is a form. */
(function () {
  "use strict";

  const body = document.body;
  const screen = document.getElementById("screen");
  const line = document.getElementById("line");
  const run = "/consultant/run/" + body.dataset.run;
  const FORWARD = ["ArrowRight", "PageDown"];
  const NARROW = "(max-width: 60rem)"; // the style sheet's
  const BACKWARD = ["ArrowLeft", "PageUp"];
  let pressing = false;
  let problem = "";
  let stuck = "";
  let turn = Number(body.dataset.turn);
  let shown = "";
  let waiting = null;

  const link = window.live.watch({
    auth: () => ({ screen: "consultant", run: body.dataset.run }),
    poll: run + "/view",
    swap: take,
    lost: (gone) => say(gone ? window.live.word("lost") : problem || stuck),
    on: {
      count: count,
      stuck: hold,
      gone: () => location.assign("/consultant"),
    },
  });

  /* A view that arrives while somebody types or ticks must not take it away: it waits until they are done. */
  function take(view) {
    hold(view);
    if (view.turn < turn || view.html === shown) {
      return;
    }
    if (editing()) {
      waiting = view;
      return;
    }
    waiting = null;
    const moved = view.turn > turn;
    turn = view.turn;
    shown = view.html;
    const ticks = ticked();
    window.live.swap(screen, view.html);
    ticks.forEach(([id, on]) => document.getElementById(id)?.type === "checkbox" && (document.getElementById(id).checked = on));
    const over = !screen.querySelector(".presses");
    document.querySelectorAll(".tools, #count").forEach((part) => (part.hidden = over));
    draw();
    clock();
    // On a phone the new step would lie above what was just pressed.
    if (moved && window.matchMedia(NARROW).matches) {
      screen.querySelector(".now h1")?.scrollIntoView();
    }
  }

  function count(news) {
    if (news.turn >= turn) {
      document.getElementById("count").innerHTML = news.html;
    }
  }

  /* Whether anything can be saved: where nothing can, that is said until it can again. */
  function hold(news) {
    const word = news.stuck ? window.live.word("stuck") : "";
    if (word !== stuck) {
      stuck = word;
      problem = "";
      say(stuck);
    }
  }

  /* Ticks set by hand, so that turning the wall's page or typing a proposal does not take them away. */
  function ticked() {
    return Array.from(screen.querySelectorAll("input[type=checkbox][id]"))
      .filter((box) => box.checked !== box.defaultChecked)
      .map((box) => [box.id, box.checked]);
  }

  function editing() {
    return screen.contains(document.activeElement) && document.activeElement.matches("input") && !pressing;
  }

  function draw() {
    if (window.clickerChart) {
      screen.querySelectorAll("figure[data-spec]").forEach((figure) => window.clickerChart.draw(figure));
    }
  }

  screen.addEventListener("focusout", () => setTimeout(() => waiting && take(waiting), 0));

  screen.addEventListener("submit", async (event) => {
    const form = event.target;
    if ("leave" in form.dataset) {
      return;
    }
    event.preventDefault();
    if (pressing) {
      return;
    }
    pressing = true;
    problem = "";
    const stays = ["back", "dark"].includes(event.submitter?.id) || form.dataset.move === "propose";
    await post(event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : form.action, form);
    say(problem || stuck);
    pressing = false;
    // The next press is the same key again.
    if (!stays || document.activeElement === body) {
      document.getElementById("primary")?.focus({ preventScroll: true });
    }
  });

  async function post(address, form) {
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
      });
      const news = await answer.json();
      if (answer.ok) {
        take(news);
      } else {
        problem = news.reason;
        shown = "";
        link.sync();
      }
    } catch {
      problem = window.live.word("lost");
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event)) {
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
      press(button);
    }
  });

  /* Page Down types nothing anywhere, so a remote works wherever the cursor stands. */
  function typing(event) {
    return !event.key.startsWith("Page") && event.target.matches("textarea, select, input:not([type=checkbox])");
  }

  /* What must be confirmed only opens by a key: a remote in a pocket cannot finish a lesson. */
  function press(button) {
    const sure = button.closest("[data-sure]");
    if (sure) {
      sure.open = true;
      document.getElementById("primary").focus();
    } else {
      button.click();
    }
  }

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

  draw();
  clock();
  setInterval(clock, 10000);
  document.getElementById("primary")?.focus({ preventScroll: true });
})();
