/* The phone: walk through the open questions, hand each tap to votes.js, say "saved" only on the server's word. */
(function () {
  "use strict";

  const ADVANCE_MS = 900;
  const DIM_MS = 3000;
  const NOTICE_MS = 8000;
  const MINE_MS = 4000;
  const REFUSALS = { closed: "closed", waiting: "closed" };

  const body = document.body;
  const code = body.dataset.code;
  const screen = document.getElementById("screen");
  const line = document.getElementById("line");
  const seatKey = "seat_" + code;
  const placeKey = "place_" + code;

  let mine = filledIn();
  let seq = Number(body.dataset.seq);
  let drawn = null;
  let at = -1;
  let fresh = true;
  let settled = 0;
  let paused = false;
  let offline = false;
  let notice = "";
  let put = {};
  const refused = new Map();
  const timers = {};

  document.documentElement.classList.add("scripts");
  window.votes.keep(seatKey, body.dataset.seat);
  if (location.pathname !== "/" + code) {
    history.replaceState(null, "", "/" + code);
  }

  const link = window.live.watch({
    auth: () => ({ screen: "phone", code: code, seat: body.dataset.seat }),
    poll: "/" + code + "/state",
    swap: take,
    lost: lost,
    paused: () => paused,
    on: { elsewhere: elsewhere, gone: again, connect: () => unsent.deliverAll() },
  });
  const unsent = window.votes.open({
    code: code,
    seat: () => body.dataset.seat,
    socket: () => link.socket,
    changed: arrange,
    settled: acknowledged,
    lost: lost,
  });
  seq = Math.max(seq, unsent.highest() + 1);
  start();
  unsent.deliverAll();

  // -- views --------------------------------------------------------------------------------------------------------

  /* The page came with everything filled in; only news replaces it, so that no tap falls on a button being replaced. */
  function take(view) {
    const known = drawn === null ? view.turn === Number(body.dataset.turn) && mine.admitted : view.html === drawn;
    drawn = view.html;
    if (!known) {
      draw(view.html);
    }
    if (view.over) {
      link.end();
      forget();
    } else if (!known || link.socket.connected || document.getElementById("mine")) {
      refresh();
    }
  }

  function draw(html) {
    const before = addresses().join();
    const place = current()?.dataset.prompt;
    clearTimeout(timers.advance);
    window.live.swap(screen, html);
    at = addresses().join() === before ? addresses().indexOf(place) : -1;
    fresh = at < 0;
    refused.clear();
    arrange();
    if (fresh) {
      focusHeading();
    }
  }

  /* What only this phone may know. Asked again where an answer was saved meanwhile: the reply may be older than that. */
  async function refresh() {
    const before = settled;
    try {
      // On a connection that died unnoticed there is never an answer; the next view asks again.
      const headers = { Accept: "application/json", "X-Seat": body.dataset.seat };
      const answer = await window.live.ask("/" + code + "/mine", { headers: headers }, MINE_MS);
      if (answer.status === 403) {
        again();
      }
      if (!answer.ok || paused) {
        return;
      }
      if (before !== settled) {
        await refresh();
        return;
      }
      mine = answer.told;
      seq = Math.max(seq, mine.seq);
    } catch {
      return;
    }
    at = fresh ? -1 : at;
    fresh = false;
    arrange();
    unsent.deliverAll();
  }

  function filledIn() {
    const answers = {};
    screen.querySelectorAll('.answer[aria-pressed="true"]').forEach((button) => {
      answers[button.form.dataset.prompt] = button.value;
    });
    const cards = document.getElementById("mine")?.innerHTML || "";
    return { answers: answers, cards: cards, admitted: body.dataset.waiting === undefined };
  }

  /* After a reload the phone stands where it stood. */
  function start() {
    at = addresses().indexOf(window.votes.recall(placeKey));
    fresh = at < 0;
    arrange();
    reveal();
  }

  function prompts() {
    return Array.from(screen.querySelectorAll("form.prompt"));
  }

  function addresses() {
    return prompts().map((form) => form.dataset.prompt);
  }

  function current() {
    return prompts()[at];
  }

  /* Show what is known: one question, the first without an answer on a fresh view; past the last one, that all is done. */
  function arrange() {
    if (paused) {
      return;
    }
    const forms = prompts();
    const done = screen.querySelector("[data-done]");
    // What is behind the closing questions is for everybody, also for those who were not let in.
    const keeps = done?.dataset.done === "help";
    if (at < 0) {
      const open = forms.findIndex((form) => answerTo(form) === undefined);
      at = open < 0 ? forms.length : open;
    }
    forms.forEach((form, index) => {
      form.hidden = index !== at || !mine.admitted;
      mark(form);
      status(form);
    });
    if (done) {
      done.hidden = mine.admitted ? at < forms.length : !keeps;
      done.querySelectorAll("[data-unsent]").forEach((word) => (word.hidden = !forms.some(lags)));
    }
    waitingRoom(forms.length > 0 && !mine.admitted && !keeps);
    putCards();
  }

  /* The server's own words for this phone. What stands already is left alone, with what is unfolded in it. */
  function putCards() {
    const place = document.getElementById("mine");
    if (place && (put.place !== place || put.cards !== mine.cards)) {
      put = { place: place, cards: mine.cards };
      place.innerHTML = mine.cards;
    }
  }

  function waitingRoom(shown) {
    const place = screen.querySelector("[data-waiting]");
    if (shown && !place) {
      screen.append(document.getElementById("say-waiting").content.cloneNode(true));
    } else if (!shown && place) {
      place.remove();
    }
  }

  function answerTo(form) {
    return unsent.waiting(form.dataset.prompt)?.answer ?? mine.answers[form.dataset.prompt];
  }

  /* Whether its answer has been under way for longer than a moment. */
  function lags(form) {
    return Boolean(unsent.waiting(form.dataset.prompt)?.said);
  }

  function mark(form) {
    const answer = answerTo(form);
    form.querySelectorAll("button.answer").forEach((button) => {
      const chosen = button.value === answer;
      if ((button.getAttribute("aria-pressed") === "true") === chosen) {
        return;
      }
      button.setAttribute("aria-pressed", String(chosen));
      button.classList.remove("dimmed");
      if (chosen) {
        dimLater();
      }
    });
  }

  function status(form) {
    const vote = unsent.waiting(form.dataset.prompt);
    const refusal = refused.get(form.dataset.prompt);
    const saved = !vote && !refusal && form.dataset.prompt in mine.answers;
    const word = vote ? vote.said : refusal || (saved && "saved");
    const place = form.querySelector(".saved");
    const text = word ? window.live.word(word) : "";
    if (place.textContent !== text) {
      place.textContent = text;
    }
    place.classList.toggle("good", saved);
    form.querySelector('[data-step="1"]').hidden = answerTo(form) === undefined;
  }

  // -- walking ------------------------------------------------------------------------------------------------------

  screen.addEventListener("submit", (event) => event.preventDefault());
  screen.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) {
      reveal();
      return;
    }
    event.preventDefault();
    if (button.dataset.step) {
      show(at + Number(button.dataset.step));
    } else if (button.dataset.here !== undefined) {
      again();
    } else if (button.name === "answer") {
      tap(button.form.dataset.prompt, button.value);
    }
  });

  function show(index) {
    clearTimeout(timers.advance);
    at = Math.max(0, Math.min(index, prompts().length));
    fresh = false;
    window.votes.keep(placeKey, current()?.dataset.prompt || "");
    arrange();
    reveal();
    focusHeading();
  }

  function focusHeading() {
    const heading = Array.from(screen.querySelectorAll("h1")).find((one) => one.offsetParent);
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  function tap(prompt, answer) {
    clearTimeout(timers.advance);
    fresh = false;
    refused.delete(prompt);
    unsent.add(prompt, answer, seq++);
    arrange();
    reveal();
  }

  function acknowledged(vote, ack) {
    const changed = vote.prompt in mine.answers;
    settled += 1;
    if (ack.ok) {
      mine.answers[vote.prompt] = vote.answer;
      arrange();
      if (current()?.dataset.prompt === vote.prompt) {
        clearTimeout(timers.advance);
        timers.advance = setTimeout(() => show(at + 1), changed ? 2 * ADVANCE_MS : ADVANCE_MS);
      }
      return;
    }
    if (ack.reason === "no_seat") {
      again();
      return;
    }
    if (ack.reason === "older") {
      catchUp(vote);
      return;
    }
    refused.set(vote.prompt, REFUSALS[ack.reason] || "refused");
    arrange();
    if (!addresses().includes(vote.prompt)) {
      // Its question is no longer there, so the line says what became of the tap.
      notice = window.live.word(refused.get(vote.prompt));
      tell();
      clearTimeout(timers.notice);
      timers.notice = setTimeout(() => {
        notice = "";
        tell();
      }, NOTICE_MS);
    }
  }

  /* Another page of this seat has answered since this one was loaded. A tap of just now is the newest all the same; one
     that has waited is not. */
  async function catchUp(vote) {
    await refresh();
    if (!vote.tried && vote.seq < seq && !unsent.waiting(vote.prompt)) {
      tap(vote.prompt, vote.answer);
    }
  }

  /* For a moment the chosen answer can be seen, then it looks like all the others. */
  function reveal() {
    screen.querySelectorAll(".dimmed").forEach((button) => button.classList.remove("dimmed"));
    dimLater();
  }

  function dimLater() {
    clearTimeout(timers.dim);
    timers.dim = setTimeout(dim, DIM_MS);
  }

  function dim() {
    screen.querySelectorAll('.answer[aria-pressed="true"]').forEach((button) => button.classList.add("dimmed"));
  }

  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && dim());

  // -- this page ----------------------------------------------------------------------------------------------------

  function elsewhere() {
    paused = true;
    clearTimeout(timers.advance);
    link.socket.disconnect();
    screen.replaceChildren(document.getElementById("say-elsewhere").content.cloneNode(true));
    lost(false);
    focusHeading();
  }

  function lost(gone) {
    offline = gone && !paused;
    tell();
  }

  function again() {
    location.replace("/" + code);
  }

  function tell() {
    const text = offline ? window.live.word("lost") : notice;
    if (line.textContent !== text) {
      line.textContent = text;
    }
    line.hidden = !text;
  }

  /* The lesson is over. Nothing is kept on the phone, also not for a reload: others may use it next. The cards stand in
     this page until it is closed. The answer to /state takes the cookie back. */
  function forget() {
    unsent.forget();
    window.votes.drop(seatKey);
    window.votes.drop(placeKey);
    fetch("/" + code + "/state", { cache: "no-store" }).catch(() => {});
  }
})();
