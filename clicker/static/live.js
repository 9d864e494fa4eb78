/* What all screens share: connect, swap in the newest view, and ask over plain HTTP while the socket is away.
 *
 * window.live.watch({auth, poll, swap, on, lost}) -> {socket, sync}. A view with an older turn is dropped.
 */
(function () {
  "use strict";

  const POLL_MS = 2000;
  const ANSWER_MS = 4000;

  function watch(options) {
    let turn = -1;
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
        const answer = await fetch(options.poll, {
          headers: { Accept: "application/json" },
          cache: "no-store",
          signal: AbortSignal.timeout(ANSWER_MS),
        });
        if (answer.ok) {
          take(await answer.json());
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
    socket.on("disconnect", () => setTimeout(look, 400));
    socket.on("connect_error", () => setTimeout(look, 400));
    async function look() {
      if (!socket.connected && !options.paused?.()) {
        connect();
        options.lost(!(await poll()));
      }
    }
    /* Only where nothing is under way: a second request on one connection is refused, and the first is lost with it. */
    function connect() {
      if (!socket.active) {
        socket.connect();
      }
    }
    setInterval(look, POLL_MS);

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
    return { socket: socket, sync: () => (socket.connected ? socket.emit("sync") : poll()) };
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

  window.live = { watch: watch, swap: swap, random: random, word: word };
})();
