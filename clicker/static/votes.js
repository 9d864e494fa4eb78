/* Taps that the server has not acknowledged yet: kept over a reload, sent until there is an answer, each counted once.
 *
 * window.votes.open({code, seat, socket, changed, settled, lost}) -> {add, waiting, deliverAll, forget, highest}.
 */
(function () {
  "use strict";

  const SENDING_MS = 400;
  const ACK_MS = 3000;
  const RETRY_MS = 1200;
  const SLOW_MS = 3000;
  const REASONS = { 403: "no_seat", 404: "closed", 409: "closed", 410: "closed", 429: "slow" };

  function open(options) {
    const key = "unsent_" + options.code;
    const unsent = new Map(Object.entries(remembered(key)));
    unsent.forEach((vote) => (vote.tried = true));
    let failures = 0;

    /* A newer tap on the same question takes the place of an older one. */
    function add(prompt, answer, seq) {
      const vote = { prompt: prompt, answer: answer, id: window.live.random(), seq: seq };
      clearTimeout(unsent.get(prompt)?.timer);
      unsent.set(prompt, vote);
      remember();
      setTimeout(() => vote.said || say(vote, "sending"), SENDING_MS);
      deliver(vote);
    }

    async function deliver(vote) {
      clearTimeout(vote.timer);
      if (!stands(vote) || vote.underway) {
        return;
      }
      vote.underway = true;
      const socket = options.socket();
      const ack = await (socket.connected ? bySocket(socket, vote) : byPost(vote));
      vote.underway = false;
      if (!stands(vote)) {
        return;
      }
      if (!ack || ack.reason === "later" || ack.reason === "slow") {
        retry(vote, ack);
        return;
      }
      failures = 0;
      options.lost(false);
      unsent.delete(vote.prompt);
      remember();
      options.settled(vote, ack);
    }

    function retry(vote, ack) {
      const slow = ack?.reason === "slow";
      const socket = options.socket();
      failures += ack ? 0 : 1;
      options.lost(!ack);
      if (!ack && failures % 2 === 0 && socket.connected) {
        // A dead network looks alive for a while; a fresh connection finds out at once.
        socket.disconnect().connect();
      }
      say(vote, slow ? "slow" : "again");
      vote.tried = true;
      // Not all of a class at the same moment.
      vote.timer = setTimeout(() => deliver(vote), (slow ? SLOW_MS : RETRY_MS) * (0.75 + Math.random() / 2));
    }

    function bySocket(socket, vote) {
      return new Promise((resolve) => {
        socket.timeout(ACK_MS).emit("vote", plain(vote), (error, ack) => resolve(error ? null : ack));
      });
    }

    async function byPost(vote) {
      const sent = {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(Object.assign(plain(vote), { seat: options.seat() })),
      };
      try {
        const answer = await window.live.ask("/" + options.code + "/vote", sent, ACK_MS);
        if (answer.ok) {
          return answer.told;
        }
        return answer.status < 500 ? { ok: false, reason: REASONS[answer.status] || "refused" } : null;
      } catch {
        return null;
      }
    }

    function stands(vote) {
      return unsent.get(vote.prompt) === vote;
    }

    function say(vote, word) {
      if (stands(vote)) {
        vote.said = word;
        options.changed();
      }
    }

    function remember() {
      keep(key, JSON.stringify(Object.fromEntries(Array.from(unsent, ([prompt, vote]) => [prompt, plain(vote)]))));
    }

    return {
      add: add,
      waiting: (prompt) => unsent.get(prompt),
      deliverAll: () => unsent.forEach(deliver),
      highest: () => Math.max(0, ...Array.from(unsent.values(), (vote) => vote.seq)),
      forget: () => {
        unsent.clear();
        drop(key);
      },
    };
  }

  function plain(vote) {
    return { prompt: vote.prompt, answer: vote.answer, id: vote.id, seq: vote.seq };
  }

  function remembered(key) {
    try {
      return JSON.parse(recall(key) || "{}");
    } catch {
      return {};
    }
  }

  // -- storage that may be forbidden: without it a reload forgets what was not sent, and the phone says so until it is --

  function keep(key, value) {
    try {
      sessionStorage.setItem(key, value);
    } catch {
      // Nothing is kept.
    }
  }

  function recall(key) {
    try {
      return sessionStorage.getItem(key) || "";
    } catch {
      return "";
    }
  }

  function drop(key) {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  }

  window.votes = { open: open, keep: keep, recall: recall, drop: drop };
})();
