/* The pictures over the years: without this script the table tells the same. */
(function () {
  "use strict";

  const pictures = document.getElementById("pictures");
  pictures.hidden = false;
  pictures.querySelectorAll("figure[data-spec]").forEach((figure) => window.clickerChart.draw(figure));
})();
