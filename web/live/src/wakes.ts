// When a laptop opens, a tab comes to the front or the network returns, waiting out a back-off
// would be silly: the person is looking at the screen.

export function wakes(wake: () => void, broken: () => void): () => void {
  const looking = () => {
    if (document.visibilityState === "visible") wake();
  };
  addEventListener("online", wake);
  addEventListener("offline", broken);
  document.addEventListener("visibilitychange", looking);
  return () => {
    removeEventListener("online", wake);
    removeEventListener("offline", broken);
    document.removeEventListener("visibilitychange", looking);
  };
}
