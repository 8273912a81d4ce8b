// The secret link's page: what stands behind the # never reaches a server's log, so it is put
// into the form here, and taken out of the address bar. Without script people paste it themselves.
function open() {
  const key = location.hash.slice(1);
  if (!key) return;
  history.replaceState(null, "", location.pathname + location.search);
  const form = document.getElementById("look");
  form.elements.token.value = key;
  form.requestSubmit();
}

addEventListener("hashchange", open);
open();
