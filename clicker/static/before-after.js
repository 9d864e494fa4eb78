/* Draws the two pictures of each topic: without this script the tables tell the same. */
(function () {
  "use strict";

  document.querySelectorAll(".pair[hidden]").forEach((pair) => {
    pair.hidden = false;
    pair.querySelectorAll("figure[data-spec]").forEach((figure) => window.clickerChart.draw(figure));
  });
})();
