/* Draws the charts of the wall and the consultant's page: window.clickerChart.draw(figure).
 *
 * A figure names its spec (data-spec, an address) and carries its numbers (data-rows, JSON of the spec's datasets).
 * A figure that takes the place of another with the same spec takes over the drawn chart; only the numbers change.
 * data-drawn is set when the picture is complete, data-failed when there is none; the table beside it then stands alone.
 */
(function () {
  "use strict";

  const OPTIONS = {
    ast: true,
    actions: false,
    renderer: "svg",
    defaultStyle: false,
    tooltip: false,
    formatLocale: { decimal: ",", thousands: ".", grouping: [3], currency: ["", "\u00a0kr."] },
  };
  const FONTS = ["400 20px 'IBM Plex Sans'", "600 20px 'IBM Plex Sans'"];
  const FADE_MS = 350;
  const charts = new Set();

  function draw(figure) {
    const url = figure.dataset.spec;
    let chart = find(figure, url);
    if (!chart) {
      chart = { url: url, host: document.createElement("div"), roles: null, size: "" };
      chart.host.className = "chart";
      chart.host.style.width = chart.host.style.height = "100%";
      charts.add(chart);
      chart.view = embed(chart, rowsOf(figure));
    }
    if (chart.host.parentNode !== figure) {
      figure.insertBefore(chart.host, figure.firstChild);
    }
    // Figures swapped in together are drawn one after the other; what nobody has taken over by then is gone.
    setTimeout(forget, 0);
    return show(chart, figure);
  }

  function find(figure, url) {
    const same = Array.from(charts).filter((chart) => chart.url === url);
    return same.find((chart) => figure.contains(chart.host)) || same.find((chart) => !chart.host.isConnected);
  }

  function forget() {
    charts.forEach((chart) => {
      if (chart.host.isConnected) {
        return;
      }
      charts.delete(chart);
      chart.watch?.disconnect();
      chart.view.then((view) => view.finalize(), () => undefined);
    });
  }

  function rowsOf(figure) {
    return JSON.parse(figure.dataset.rows || "{}");
  }

  async function embed(chart, rows) {
    const [response] = await Promise.all([
      fetch(chart.url, { credentials: "same-origin" }),
      // Letters are measured while drawing, so their shapes must be there first.
      Promise.all(FONTS.map((font) => document.fonts.load(font, "Væg 0"))).catch(() => undefined),
    ]);
    if (!response.ok) {
      throw new Error("spec " + response.status);
    }
    const spec = Object.assign(await response.json(), { datasets: rows });
    const result = await window.vegaEmbed(chart.host, spec, OPTIONS);
    chart.watch = new ResizeObserver(() => fit(chart, result.view));
    chart.watch.observe(chart.host);
    return result.view;
  }

  async function show(chart, figure) {
    const latest = (chart.latest = {});
    delete figure.dataset.drawn;
    try {
      const view = await chart.view;
      if (chart.latest !== latest) {
        return;
      }
      const rows = rowsOf(figure);
      Object.keys(rows).forEach((name) => view.data(name, rows[name]));
      measure(chart, view);
      await view.resize().runAsync();
      speak(chart.host);
      appear(chart, rows.marks || []);
      figure.dataset.drawn = "1";
    } catch (error) {
      charts.delete(chart);
      chart.host.remove();
      figure.dataset.failed = "1";
      console.error(error);
    }
  }

  /* The wall's height decides the size of letters: the nearest element marked data-wall, else the window. A figure on
     a page is no wall; data-wall="2" makes its letters twice as large as a wall of that height would. */
  function measure(chart, view) {
    const wall = chart.host.closest("[data-wall]");
    const unit = ((wall ? wall.clientHeight : window.innerHeight) / 100) * (Number(wall?.dataset.wall) || 1);
    const width = chart.host.clientWidth;
    const height = chart.host.clientHeight;
    const size = [unit, width, height].join();
    // A window that changed while the chart was nowhere has told the view that it has no width.
    const known = size === chart.size && view.width() === width && view.height() === height;
    if (known || !width || !height) {
      return false;
    }
    chart.size = size;
    view.signal("unit", unit).width(width).height(height);
    return true;
  }

  function fit(chart, view) {
    if (chart.host.isConnected && measure(chart, view)) {
      view.resize().runAsync().then(() => speak(chart.host));
    }
  }

  /* The library calls its picture a visualization; to a screen reader it is one image with a Danish description. */
  function speak(host) {
    host.setAttribute("role", "img");
    host.removeAttribute("aria-roledescription");
    host.querySelectorAll("svg").forEach((svg) => svg.setAttribute("aria-hidden", "true"));
  }

  /* A mark that was not there before comes softly, unless the reader wants no motion. */
  function appear(chart, marks) {
    const before = chart.roles;
    chart.roles = new Set(marks.map((mark) => mark.role));
    if (!before || window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
      return;
    }
    chart.roles.forEach((role) => {
      if (!before.has(role)) {
        chart.host.querySelectorAll('[class*=" ' + role + '_"]').forEach((mark) => {
          mark.animate([{ opacity: 0 }, { opacity: 1 }], { duration: FADE_MS, easing: "ease-out" });
        });
      }
    });
  }

  window.clickerChart = { draw: draw };
})();
