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
  setInterval(() => fetch("/ping").catch(() => {}), 60000);
})();
