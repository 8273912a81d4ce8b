// The round button, its badge, and the panel that the frame will live in.

import { isColor, textOn } from "../color.ts";
import { style } from "./style.ts";
import { wordsIn } from "./words.ts";

const CHAT =
  "M12 3.5c-5 0-9 3.4-9 7.7 0 2.4 1.3 4.5 3.2 5.9L5.5 21l4.2-2.3c.7.2 1.5.2 2.3.2 5 0 9-3.4 9-7.7s-4-7.7-9-7.7zM8 11.2h0M12 11.2h0M16 11.2h0";
const CROSS = "M6 6l12 12M18 6L6 18";

export interface Bubble {
  button: HTMLElement;
  panel: HTMLElement;
  show(open: boolean): void;
  unread(count: number): void;
  color(color: unknown): void;
  language(language: string): void;
}

export function bubble(language: string): Bubble {
  const host = document.createElement("silkroad-chat");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];

  const button = add(root, "button");
  const path = picture(button);
  const badge = add(button, "b");
  const panel = add(root, "div");
  const away = add(panel, "i"); // seen only when no frame covers it
  const news = add(root, "p");
  let words = wordsIn(language);
  let open = false;
  let count = 0;
  button.setAttribute("type", "button");
  badge.ariaHidden = "true";
  news.role = "status";
  panel.hidden = true;

  function draw(): void {
    panel.hidden = !open;
    button.ariaExpanded = String(open);
    path.setAttribute("d", open ? CROSS : CHAT);
    badge.textContent = open || !count ? "" : count > 99 ? "99+" : String(count);
    away.textContent = words.away;
    button.ariaLabel = open ? words.close : words.open + (count ? `, ${words.unread(count)}` : "");
  }

  // Frameworks that own the whole page sometimes throw strangers out; come back.
  const stay = () => host.isConnected || document.documentElement.append(host);
  new MutationObserver(stay).observe(document.documentElement, { childList: true });
  stay();
  stretch(panel);
  draw();

  return {
    button,
    panel,
    show(now) {
      open = now;
      draw();
    },
    unread(now) {
      if (now > count && !open) news.textContent = words.unread(now);
      count = now;
      draw();
    },
    color(color) {
      if (!isColor(color)) return;
      host.style.setProperty("--color", color);
      host.style.setProperty("--text", textOn(color));
    },
    language(now) {
      words = wordsIn(now);
      draw();
    },
  };
}

function add(parent: Node, name: string): HTMLElement {
  return parent.appendChild(document.createElement(name));
}

function picture(parent: Node): SVGElement {
  const draw = (name: string) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const svg = parent.appendChild(draw("svg"));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  return svg.appendChild(draw("path"));
}

// On phones the keyboard covers the page; only the visual viewport knows what is left.
function stretch(panel: HTMLElement): void {
  const view = window.visualViewport;
  const measure = () => {
    panel.style.setProperty("--height", `${view?.height}px`);
    panel.style.setProperty("--top", `${view?.offsetTop}px`);
  };
  for (const event of ["resize", "scroll"]) view?.addEventListener(event, measure);
}
