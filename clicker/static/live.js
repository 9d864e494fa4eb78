/* What all screens share: connect, swap in the newest view, and ask over plain HTTP while the socket is away.
 *
 * window.live.watch({auth, poll, swap, on, lost}) -> {socket, sync, end}. A view with an older turn is dropped.
 */
(function () {
  "use strict";

  const LOOK_MS = 2000;
  const SOON_MS = 400;
  const ANSWER_MS = 4000;

  function watch(options) {
    let turn = -1;
    let timer = 0;
    let looked = 0;
    let looking = false;
    let ended = false;
    const socket = window.io({
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      timeout: 4000,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
      randomizationFactor: 0.5,
      // Routes a phone to the same process every time; it is not kept anywhere.
      query: { dev: random() },
      auth: (give) => give(options.auth()),
      autoConnect: false,
    });

    function take(view) {
      if (view.turn < turn) {
        return;
      }
      turn = view.turn;
      options.swap(view);
    }

    async function poll() {
      try {
        const answer = await ask(options.poll, { headers: { Accept: "application/json" } }, ANSWER_MS);
        // A socket that came meanwhile has brought a newer view.
        if (answer.ok && !socket.connected) {
          take(answer.told);
        } else if (answer.status === 404) {
          options.on?.gone?.();
        }
        return answer.ok;
      } catch {
        return false;
      }
    }

    socket.on("view", take);
    Object.entries(options.on || {}).forEach(([name, handler]) => socket.on(name, handler));
    socket.on("connect", () => options.lost(false));
    socket.on("disconnect", soon);
    socket.on("connect_error", soon);

    /* While the socket is away: try it and ask, once in LOOK_MS and no oftener, however often it is refused. */
    async function look() {
      looking = true;
      if (!socket.connected && !options.paused?.()) {
        looked = Date.now();
        connect();
        const answered = await poll();
        if (!socket.connected && !ended) {
          options.lost(!answered);
        }
      }
      looking = false;
      plan(LOOK_MS * (0.75 + Math.random() / 2));
    }
    function soon() {
      if (!looking) {
        plan(Math.max(SOON_MS, looked + LOOK_MS - Date.now()));
      }
    }
    function plan(wait) {
      clearTimeout(timer);
      timer = ended ? 0 : setTimeout(look, wait);
    }
    /* Only where nothing is under way: a second request on one connection is refused, and the first is lost with it. */
    function connect() {
      if (!socket.active && !ended) {
        socket.connect();
      }
    }

    function wake() {
      if (document.visibilityState === "hidden" || options.paused?.()) {
        return;
      }
      if (socket.connected) {
        socket.emit("sync");
      } else {
        connect();
      }
    }
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("pageshow", wake);
    window.addEventListener("online", wake);
    socket.connect();
    plan(LOOK_MS);
    return {
      socket: socket,
      sync: () => (socket.connected ? socket.emit("sync") : poll()),
      /* There will be no more news. */
      end: () => {
        ended = true;
        clearTimeout(timer);
        socket.disconnect();
      },
    };
  }

  /* What is answered within so many milliseconds: {ok, status, told}; an error where nothing is. By a timer of its own,
     for AbortSignal.timeout is missing where an old phone lives on. */
  async function ask(address, request, patience) {
    const giving = new AbortController();
    const timer = setTimeout(() => giving.abort(), patience);
    try {
      const answer = await fetch(address, Object.assign({ signal: giving.signal, cache: "no-store" }, request));
      return { ok: answer.ok, status: answer.status, told: answer.ok ? await answer.json() : null };
    } finally {
      clearTimeout(timer);
    }
  }

  function random() {
    return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /* Replace what stands in `target`, and keep the focus on the same element where it is still there. */
  function swap(target, html) {
    const id = document.activeElement && target.contains(document.activeElement) ? document.activeElement.id : "";
    target.innerHTML = html;
    if (id) {
      document.getElementById(id)?.focus();
    }
  }

  function word(name) {
    const template = document.getElementById("words");
    return template.content.querySelector('[data-word="' + name + '"]').textContent;
  }

  window.live = { watch: watch, ask: ask, swap: swap, random: random, word: word };
})();
