// Before the first paint, so that nobody sees the other scheme flash: a script of its own, as the policy allows none inline.
(() => {
  const chosen = localStorage.getItem("wemasy-mock theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
})();
