"use strict";
(function () {
  const form = document.getElementById("filters");
  const status = document.getElementById("shown");
  const controls = [...form.querySelectorAll("select, input")];
  const words = form.querySelector("input");
  const statements = [...document.querySelectorAll("article.statement")];
  const apart = [...document.querySelectorAll("li.apart")];
  const documents = [...document.querySelectorAll("article.document")];
  const texts = new Map([...statements, ...apart].map((s) => [s, s.textContent.toLocaleLowerCase()]));
  const rows = new Map([...document.querySelectorAll("tr[data-for]")].map((r) => [r.dataset.for, r]));
  const groups = [...document.querySelectorAll("section.group")];

  function matches(statement) {
    const asked = words.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return asked.every((word) => texts.get(statement).includes(word)) && controls.every((control) =>
      control === words || !control.value ||
      (statement.dataset[control.name] || "").split(" ").includes(control.value));
  }

  function show() {
    let count = 0;
    for (const statement of statements) {
      const fits = matches(statement);
      statement.hidden = !fits;
      if (rows.has(statement.id)) rows.get(statement.id).hidden = !fits;
      if (fits) count += 1;
    }
    const filtered = controls.some((control) => control.value);
    let others = 0;
    for (const item of apart) {
      item.hidden = !matches(item);
      if (!item.hidden) others += 1;
    }
    const elsewhere = document.getElementById("elsewhere");
    if (elsewhere) elsewhere.hidden = others === 0;
    const cited = new Set([...statements, ...apart].filter((item) => !item.hidden)
      .flatMap((item) => item.dataset.document.split(" ")));
    for (const one of documents) one.hidden = filtered && !cited.has(one.id.replace(/^document-/, ""));
    document.body.classList.toggle("filtered", filtered);
    for (const group of groups) group.hidden = !group.querySelector("article.statement:not([hidden])");
    for (const head of document.querySelectorAll("tbody[data-group]")) {
      head.hidden = !head.querySelector("tr[data-for]:not([hidden])");
    }
    const told = filtered && others ? ", and " + others + (others === 1 ? " citation" : " citations") + " elsewhere." : ".";
    status.textContent = (count === statements.length ? "All " + count : count + " of " + statements.length)
      + " statements are shown" + told;
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
