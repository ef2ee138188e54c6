"use strict";
(function () {
  const form = document.getElementById("filters");
  const status = document.getElementById("shown");
  const controls = [...form.querySelectorAll("select, input")];
  const words = form.querySelector("input");
  const statements = [...document.querySelectorAll("article.statement")];
  const texts = new Map(statements.map((s) => [s, s.textContent.toLocaleLowerCase()]));
  const rows = new Map([...document.querySelectorAll("tr[data-for]")].map((r) => [r.dataset.for, r]));
  const groups = [...document.querySelectorAll("section.group")];

  function matches(statement) {
    const asked = words.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return asked.every((word) => texts.get(statement).includes(word)) && controls.every((control) =>
      control === words || !control.value || statement.dataset[control.name].split(" ").includes(control.value));
  }

  function show() {
    let count = 0;
    for (const statement of statements) {
      const fits = matches(statement);
      statement.hidden = !fits;
      if (rows.has(statement.id)) rows.get(statement.id).hidden = !fits;
      if (fits) count += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("article.statement:not([hidden])");
    for (const head of document.querySelectorAll("tbody[data-group]")) {
      head.hidden = !head.querySelector("tr[data-for]:not([hidden])");
    }
    status.textContent = count === statements.length
      ? "All " + count + " statements are shown."
      : count + " of " + statements.length + " statements are shown.";
    remember();
  }

  function remember() {
    const asked = new URLSearchParams();
    for (const control of controls) if (control.value) asked.set(control.name, control.value);
    const query = asked.toString();
    try {
      history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
    } catch (error) { /* some browsers keep the address of a file on disk as it is */ }
  }

  function clear() {
    for (const control of controls) control.value = "";
    show();
  }

  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) {
      clear();
      target.scrollIntoView();
    }
  }

  const asked = new URLSearchParams(location.search);
  for (const control of controls) {
    const value = asked.get(control.name) || "";
    if (control === words || [...control.options].some((option) => option.value === value)) control.value = value;
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  document.getElementById("clear").addEventListener("click", () => { clear(); words.focus(); });
  window.addEventListener("hashchange", reveal);
  show();
  reveal();
})();
