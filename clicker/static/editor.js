/* The editor: while one types, mistakes and example follow. Without it every button still does what it says. */
(function () {
  "use strict";

  const PAUSE = 400;
  const form = document.getElementById("editor");
  const narrow = window.matchMedia("(max-width: 44rem)");
  let shown = form.elements.show.value;
  let timer = null;
  let asking = null;
  let changed = false;

  function state(word) {
    form.querySelectorAll("[data-when]").forEach((part) => (part.hidden = part.dataset.when !== word));
  }

  function soon(pause) {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  }

  /* Send what stands in the form; an answer that comes after a newer question is not looked at. */
  async function ask() {
    asking?.abort();
    asking = new AbortController();
    form.elements.show.value = shown;
    try {
      const answer = await fetch(form.dataset.preview, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        signal: asking.signal,
      });
      if (!answer.ok) {
        throw new Error(String(answer.status));
      }
      take(await answer.text());
      state(changed ? "unsaved" : "");
    } catch (error) {
      if (error.name !== "AbortError") {
        state("lost");
      }
    }
  }

  function take(html) {
    const news = document.createElement("template");
    news.innerHTML = html;
    tell(news.content);
    swap("mistakes", news.content);
    example(news.content.getElementById("example"));
    explain();
  }

  /* Those who listen hear how many mistakes there are when that changes, not the whole list at every word. */
  function tell(news) {
    const said = news.querySelector("#mistakes h2").textContent;
    if (said !== document.querySelector("#mistakes h2").textContent) {
      document.getElementById("heard").textContent = said;
    }
  }

  function swap(id, news) {
    const there = document.getElementById(id);
    const came = news.getElementById(id);
    if (there.innerHTML !== came.innerHTML) {
      there.replaceChildren(...came.childNodes);
    }
  }

  /* Frames that show the same screen stay, so that only the words change and nothing flickers. */
  function example(came) {
    const there = document.getElementById("example");
    const frames = (part) => [...part.querySelectorAll("[data-screen]")];
    const same = frames(there).map((one) => one.dataset.screen).join() === frames(came).map((one) => one.dataset.screen).join();
    if (!same || there.querySelector("h2").textContent !== came.querySelector("h2").textContent) {
      there.replaceChildren(...came.childNodes);
      return;
    }
    const old = there.querySelectorAll("iframe");
    came.querySelectorAll("iframe").forEach((frame, number) => {
      if (old[number].srcdoc !== frame.srcdoc) {
        old[number].srcdoc = frame.srcdoc;
      }
    });
  }

  /* The list of mistakes says at which field each of them is to stand. */
  function explain() {
    const at = new Map();
    document.querySelectorAll("#mistakes [data-field]").forEach((item) => {
      const said = at.get(item.dataset.field) || [];
      at.set(item.dataset.field, [...said, item.querySelector("[data-sentence]").textContent]);
    });
    form.querySelectorAll("[data-wrong]").forEach((place) => {
      const said = at.get(place.dataset.wrong) || [];
      place.replaceChildren(...said.map(sentence));
      const field = document.getElementById(place.dataset.wrong);
      if (field?.matches("input, select, textarea")) {
        said.length ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
      }
    });
    counts([...at.keys()]);
  }

  function sentence(text) {
    const line = document.createElement("p");
    line.textContent = text;
    return line;
  }

  /* A closed card says that something in it has to be put right. */
  function counts(fields) {
    form.querySelectorAll("[data-count]").forEach((place) => {
      const card = place.dataset.count;
      const has = fields.some((field) => field === card || field.startsWith(card + "."));
      place.textContent = has ? place.dataset.word : "";
    });
  }

  function show(card) {
    if (card && card !== shown) {
      shown = card;
      soon(0);
    }
  }

  function cardOf(element) {
    return element.closest(".topic, .step")?.dataset.card;
  }

  /* A field inside something closed is opened before the page goes there. */
  function go(id) {
    const target = document.getElementById(id);
    for (let box = target; box; box = box.parentElement?.closest("details")) {
      if (box.matches("details")) {
        box.open = true;
      }
    }
    target?.scrollIntoView({ block: "center" });
    target?.focus({ preventScroll: true });
  }

  form.addEventListener("input", () => {
    changed = true;
    state("unsaved");
    form.querySelectorAll("[data-hold], [data-saved]").forEach((link) => (link.hidden = true));
    soon(PAUSE);
  });
  form.addEventListener("focusin", (event) => show(cardOf(event.target)));
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show]");
    if (button) {
      event.preventDefault();
      shown = button.dataset.show;
      soon(0);
      if (narrow.matches) {
        document.getElementById("example").scrollIntoView();
      }
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#mistakes a[href^='#']");
    if (link) {
      event.preventDefault();
      go(link.getAttribute("href").slice(1));
    }
  });
  form.addEventListener("submit", () => (changed = false));
  window.addEventListener("beforeunload", (event) => changed && event.preventDefault());
})();
