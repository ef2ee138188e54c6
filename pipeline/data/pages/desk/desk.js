"use strict";
(function () {
  const asked = new URLSearchParams(location.search);
  const wanted = asked.get("focus");
  if (wanted) {
    const who = asked.get("who");
    const named = (who && document.getElementById(who + "." + wanted)) || document.getElementById(wanted) ||
      document.querySelector("[data-field='" + CSS.escape(wanted) + "']");
    if (named) { named.focus(); named.scrollIntoView({ block: "center" }); }
  }
  const page = document.querySelector(".sheet[data-words]");
  const zoom = document.querySelector("a.zoom");
  if (page && zoom) {
    zoom.addEventListener("click", (event) => {
      event.preventDefault();
      zoom.textContent = page.classList.toggle("large") ? "Smaller" : "Larger";
    });
    const hit = page.querySelector(".hit, .near");
    const image = page.querySelector("img");
    const reveal = () => { if (hit) page.scrollTop = hit.getBBox().y * image.height - 60; };
    if (image.complete) reveal(); else image.addEventListener("load", reveal);
  }

  function choosing(svg, box) {
    let words = null, first = null;
    const place = (event) => {
      const area = svg.getBoundingClientRect();
      return [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height];
    };
    const nearest = ([x, y]) => {
      let best = -1, far = Infinity;
      words.forEach(([, left, top, width, height], index) => {
        const dx = Math.max(left - x, 0, x - left - width), dy = Math.max(top - y, 0, y - top - height);
        if (dx + 3 * dy < far) { far = dx + 3 * dy; best = index; }
      });
      return best;
    };
    const draw = (from, to) => {
      svg.querySelectorAll(".picked").forEach((one) => one.remove());
      for (const [, left, top, width, height] of words.slice(from, to + 1)) {
        const one = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        one.setAttribute("class", "picked");
        one.setAttribute("x", left); one.setAttribute("y", top);
        one.setAttribute("width", width); one.setAttribute("height", height);
        svg.append(one);
      }
      box.value = words.slice(from, to + 1).map(([word]) => word).join(" ");
    };
    svg.addEventListener("pointerdown", (event) => {
      if (!words || !words.length) return;
      first = nearest(place(event));
      svg.setPointerCapture(event.pointerId);
      draw(first, first);
    });
    svg.addEventListener("pointermove", (event) => {
      if (first === null) return;
      const last = nearest(place(event));
      draw(Math.min(first, last), Math.max(first, last));
    });
    svg.addEventListener("pointerup", () => { first = null; });
    fetch(page.dataset.words).then((answer) => answer.json()).then((found) => { words = found; page.dataset.ready = "yes"; }).catch(() => {});
  }
  const box = document.getElementById("words");
  if (page && box && document.getElementById("choose")) choosing(page.querySelector("svg"), box);

  for (const form of document.querySelectorAll("form[data-drop]")) {
    const input = form.querySelector("input[type=file]"), area = form.closest("section");
    const over = (event) => { event.preventDefault(); area.classList.add("over"); };
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", () => area.classList.remove("over"));
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    });
  }

  const prose = document.querySelector("textarea[data-offers]");
  if (prose) {
    const list = document.getElementById("offers");
    const kinds = [["{{", "figures"], ["[@", "documents"]];
    prose.addEventListener("input", () => {
      const before = prose.value.slice(0, prose.selectionStart);
      const kind = kinds.find(([mark]) => before.lastIndexOf(mark) >= 0 && !/[}\]\n]/.test(before.slice(before.lastIndexOf(mark))));
      list.replaceChildren();
      list.hidden = !kind;
      if (!kind) return;
      const from = before.lastIndexOf(kind[0]);
      const begun = before.slice(from + 2).trim().toLowerCase();
      const rows = [...document.querySelectorAll("#" + kind[1] + " tr")].filter((row) => row.textContent.toLowerCase().includes(begun));
      for (const row of rows.slice(0, 12)) {
        const one = document.createElement("button");
        one.type = "button";
        one.textContent = row.cells[0].textContent + "  " + row.cells[1].textContent;
        one.addEventListener("click", () => {
          prose.setRangeText(row.cells[0].textContent, from, prose.selectionStart, "end");
          list.hidden = true;
          prose.focus();
        });
        const item = document.createElement("li");
        item.append(one);
        list.append(item);
      }
      list.hidden = !rows.length;
    });
  }

  setInterval(() => fetch("/ping").catch(() => {}), 60000);
})();
