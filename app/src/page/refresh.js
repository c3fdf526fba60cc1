// Brings the page up to date every half a minute, unless a person is busy in it. Without this
// script a reload does the same.
(() => {
  "use strict";
  const SECONDS = 30;

  const isBusy = () => {
    const main = document.querySelector("main");
    return (
      document.hidden ||
      main.contains(document.activeElement) ||
      main.querySelector("details[open]") !== null ||
      String(getSelection()) !== ""
    );
  };

  const refresh = async () => {
    if (isBusy()) return;
    // Without a network the page stays as it is.
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = fresh.querySelector("main");
    if (main && !isBusy()) document.querySelector("main").replaceWith(main);
  };

  setInterval(refresh, SECONDS * 1000);
})();
