/* The way in: a phone with scripts takes its seat without a tap; one that kept a copy of its seat shows it. */
(function () {
  "use strict";

  function join() {
    const form = document.getElementById("join");
    try {
      form.elements.seat.value = sessionStorage.getItem("seat_" + form.dataset.code) || "";
    } catch {
      // No storage: the cookie or the form alone carries the seat.
    }
    form.submit();
  }

  // A page that a camera or an address bar opens ahead of time is no person in the room.
  if (document.visibilityState === "visible") {
    join();
  } else {
    document.addEventListener("visibilitychange", join, { once: true });
  }
})();
