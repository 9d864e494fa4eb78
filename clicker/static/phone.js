/* The phone: walk through the open questions, send each tap until it is acknowledged, say "saved" only then. */
(function () {
  "use strict";

  const body = document.body;
  const code = body.dataset.code;
  const screen = document.getElementById("screen");
  const line = document.getElementById("line");
  const seatKey = "seat_" + code;
  const unsentKey = "unsent_" + code;
  const ADVANCE_MS = 900;
  const DIM_MS = 3000;
  const RETRY_MS = 1200;
  const ACK_MS = 3000;
  const REFUSALS = { closed: "closed", slow: "slow", waiting: "closed" };

  let mine = { answers: {}, admitted: true, lines: [], seq: 1 };
  let at = 0;
  let seq = 1;
  let paused = false;
  let failures = 0;
  const unsent = new Map(Object.entries(remembered()));

  keep(seatKey, body.dataset.seat);
  if (location.pathname !== "/" + code) {
    history.replaceState(null, "", "/" + code);
  }

  const link = window.live.watch({
    auth: () => ({ screen: "phone", code: code, seat: seat() }),
    poll: "/" + code + "/state",
    swap: take,
    lost: (gone) => say(gone ? window.live.word("lost") : ""),
    paused: () => paused,
    on: { elsewhere: elsewhere, gone: () => location.reload(), connect: refresh },
  });

  // -- views --------------------------------------------------------------------------------------------------------

  function take(view) {
    const before = addresses().join();
    const place = current()?.dataset.prompt;
    window.live.swap(screen, view.html);
    at = addresses().join() === before ? addresses().indexOf(place) : -1;
    if (view.over) {
      forget();
    }
    refresh();
  }

  async function refresh() {
    try {
      const answer = await fetch("/" + code + "/mine", { headers: { Accept: "application/json", "X-Seat": seat() } });
      if (!answer.ok) {
        return;
      }
      mine = await answer.json();
      seq = Math.max(seq, mine.seq);
    } catch {
      // The state is shown as it was; the next connection asks again.
    }
    arrange();
    unsent.forEach(deliver);
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

  /* Show one question, the first without an answer on a fresh view; past the last one, that all is done. */
  function arrange() {
    const forms = prompts();
    const done = screen.querySelector("[data-done]");
    if (forms.length && !mine.admitted) {
      location.reload();
      return;
    }
    if (at < 0) {
      const open = forms.findIndex((form) => !(form.dataset.prompt in mine.answers) && !unsent.has(form.dataset.prompt));
      at = open < 0 ? forms.length : open;
    }
    forms.forEach((form, index) => {
      form.hidden = index !== at;
      mark(form, unsent.get(form.dataset.prompt)?.answer ?? mine.answers[form.dataset.prompt]);
    });
    if (done) {
      done.hidden = at < forms.length;
    }
    const place = document.getElementById("mine");
    if (place) {
      place.replaceChildren(...mine.lines.map(paragraph));
    }
  }

  function paragraph(text) {
    const element = document.createElement("p");
    element.textContent = text;
    return element;
  }

  function mark(form, answer) {
    form.querySelectorAll("button.answer").forEach((button) => {
      const chosen = button.value === answer;
      if ((button.getAttribute("aria-pressed") === "true") !== chosen) {
        button.classList.remove("dimmed");
      }
      button.setAttribute("aria-pressed", String(chosen));
    });
  }

  function show(index) {
    at = Math.max(0, Math.min(index, prompts().length));
    arrange();
    (current()?.querySelector("h1") || screen.querySelector("[data-done] h1"))?.scrollIntoView({ block: "nearest" });
  }

  // -- answers ------------------------------------------------------------------------------------------------------

  screen.addEventListener("click", (event) => {
    const target = event.target.closest("button");
    if (!target) {
      return;
    }
    if (target.dataset.back !== undefined) {
      show(at - 1);
    } else if (target.dataset.here !== undefined) {
      paused = false;
      location.reload();
    } else if (target.name === "answer") {
      event.preventDefault();
      answer(target.form, target);
    }
  });
  screen.addEventListener("submit", (event) => event.preventDefault());

  function answer(form, button) {
    const vote = { prompt: form.dataset.prompt, answer: button.value, id: window.live.random(), seq: seq++, seat: seat() };
    mark(form, vote.answer);
    status(form, window.live.word("sending"), false);
    setTimeout(() => button.classList.add("dimmed"), DIM_MS);
    unsent.set(vote.prompt, vote);
    remember();
    deliver(vote);
  }

  /* Send until there is an answer; a newer tap on the same question takes the place of this one. */
  async function deliver(vote) {
    if (unsent.get(vote.prompt) !== vote || vote.sending) {
      return;
    }
    vote.sending = true;
    const ack = await (link.socket.connected ? bySocket(vote) : byForm(vote));
    vote.sending = false;
    if (unsent.get(vote.prompt) !== vote) {
      return;
    }
    if (!ack || ack.reason === "later") {
      failures += 1;
      if (failures % 2 === 0 && link.socket.connected) {
        // A dead network looks alive for a while; a fresh connection finds out at once.
        link.socket.disconnect().connect();
      }
      said(vote, "again", false);
      setTimeout(() => deliver(vote), RETRY_MS);
      return;
    }
    failures = 0;
    unsent.delete(vote.prompt);
    remember();
    if (ack.ok) {
      saved(vote);
    } else {
      refused(vote, ack.reason);
    }
  }

  function bySocket(vote) {
    return new Promise((resolve) => {
      link.socket.timeout(ACK_MS).emit("vote", plain(vote), (error, ack) => resolve(error ? null : ack));
    });
  }

  async function byForm(vote) {
    try {
      const answer = await fetch("/" + code + "/vote", {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(plain(vote)),
        signal: AbortSignal.timeout(ACK_MS),
      });
      return answer.status < 500 ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  function plain(vote) {
    return { prompt: vote.prompt, answer: vote.answer, id: vote.id, seq: vote.seq, seat: vote.seat };
  }

  function saved(vote) {
    const first = !(vote.prompt in mine.answers);
    mine.answers[vote.prompt] = vote.answer;
    said(vote, "saved", true);
    const form = current();
    if (form && form.dataset.prompt === vote.prompt) {
      const here = at;
      setTimeout(() => at === here && !unsent.has(vote.prompt) && show(at + 1), first ? ADVANCE_MS : 2 * ADVANCE_MS);
    }
  }

  function refused(vote, reason) {
    const form = prompts().find((one) => one.dataset.prompt === vote.prompt);
    if (form) {
      mark(form, mine.answers[vote.prompt]);
    }
    said(vote, REFUSALS[reason] || "refused", false);
    if (reason === "no_seat") {
      location.reload();
    }
  }

  function said(vote, name, good) {
    const form = prompts().find((one) => one.dataset.prompt === vote.prompt);
    if (form) {
      status(form, window.live.word(name), good);
    }
  }

  function status(form, text, good) {
    const place = form.querySelector(".saved");
    place.textContent = text;
    place.classList.toggle("good", good);
  }

  // -- this page and its storage ------------------------------------------------------------------------------------

  function elsewhere() {
    paused = true;
    link.socket.disconnect();
    screen.replaceChildren(document.getElementById("say-elsewhere").content.cloneNode(true));
  }

  function say(text) {
    line.textContent = text;
    line.hidden = !text;
  }

  function seat() {
    return body.dataset.seat;
  }

  function remembered() {
    try {
      return JSON.parse(sessionStorage.getItem(unsentKey) || "{}");
    } catch {
      return {};
    }
  }

  function remember() {
    keep(unsentKey, JSON.stringify(Object.fromEntries(Array.from(unsent, ([key, vote]) => [key, plain(vote)]))));
  }

  function keep(key, value) {
    try {
      sessionStorage.setItem(key, value);
    } catch {
      // Without storage a reload forgets what was not sent; the phone says so until it is.
    }
  }

  function forget() {
    unsent.clear();
    try {
      sessionStorage.removeItem(seatKey);
      sessionStorage.removeItem(unsentKey);
    } catch {
      // Nothing was kept.
    }
  }
})();
