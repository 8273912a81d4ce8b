/** One line above everything when the connection is gone; it says that nothing is lost. */
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import { connection } from "../live/connection.ts";
import { pending } from "../store/store.ts";
import { count, t } from "../words/index.ts";

/** A reconnect within the blink of an eye is nobody's business. */
const grace = 1_500;

export function Banner() {
  const { state } = connection.value;
  const away = state !== "online";
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!away) return;
    const timer = setTimeout(() => setLate(true), grace);
    return () => clearTimeout(timer);
  }, [away]);
  const waiting = pending.value.filter((item) => !item.failed).length;
  return (
    <div class="banner-place" role="status">
      {away && late && (
        <p class="banner">
          <Icon name="offline" size={16} />
          <span>
            {t(state === "stopped" ? "banner.stopped" : "banner.offline")}{" "}
            {waiting > 0 && count("banner.waiting", waiting)}
          </span>
          {state === "stopped" && (
            <button type="button" class="link" onClick={() => location.reload()}>
              {t("banner.reload")}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
