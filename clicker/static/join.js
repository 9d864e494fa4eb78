/* The way in: a phone with scripts takes its seat without a tap; one that kept a copy of its seat shows it. */
(function () {
  "use strict";
  const form = document.getElementById("join");
  try {
    form.elements.seat.value = sessionStorage.getItem("seat_" + form.dataset.code) || "";
  } catch {
    // No storage: the cookie or the form alone carries the seat.
  }
  form.submit();
})();
