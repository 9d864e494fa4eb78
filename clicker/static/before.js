/* Before class: minutes, questions and presses follow the topics that are chosen. Without it there is a button. */
(function () {
  "use strict";

  const plan = document.getElementById("plan");
  const form = plan.closest("form");
  let newest = 0;

  form.addEventListener("change", async (event) => {
    if (event.target.name !== "topic" && event.target.name !== "substances") {
      return;
    }
    const asked = (newest += 1);
    const kept = [...new FormData(form)].filter(([name]) => name === "topic" || name === "substances");
    const chosen = new URLSearchParams(kept);
    try {
      const answer = await fetch(plan.dataset.plan + "?" + chosen);
      if (answer.ok && asked === newest) {
        plan.innerHTML = await answer.text();
      }
    } catch {
      /* The network is away: the numbers stay as they were, and "Get ready" will say so. */
    }
  });
})();
