// What stands on the page that should not: run in the page, after it was drawn.
(known) => {
  const found = [];
  // All that our pages are made of; anything else has come out of somebody's words.
  const ELEMENTS = new Set(`
    a address article aside b body button code dd details dialog div dl dt em fieldset footer form h1 h2
    h3 h4 kbd progress head header html i img input label legend li link main mark meta nav noscript ol option p
    path rect script section select small span strong summary svg textarea time title ul
  `.split(/\s+/));
  const ATTRIBUTES = new Set(`
    alt as autofocus autocomplete charset class content crossorigin d data-depth data-id datetime dir
    disabled download enterkeyhint fill for height hidden href id inputmode lang maxlength media
    multiple name open placeholder rel required role rows rx spellcheck src stroke stroke-linecap
    stroke-linejoin stroke-opacity stroke-width style tabindex target title type value viewBox
    width
  `.split(/\s+/));
  const own = new Set([location.origin]);
  const nodes = (root) =>
    [...root.querySelectorAll("*")].flatMap((node) => [
      node,
      ...(node.shadowRoot ? nodes(node.shadowRoot) : []),
    ]);
  const all = nodes(document);
  const strangers = "[data-evil], x-evil, iframe, object, embed, base, meta[http-equiv], marquee, form[action]";
  for (const node of all) {
    if (node.matches(strangers)) found.push(node.outerHTML.slice(0, 120));
    if (!ELEMENTS.has(node.localName)) found.push(`stranger: ${node.localName}`);
    for (const { name, value } of node.attributes) {
      if (!ATTRIBUTES.has(name) && !name.startsWith("aria-")) found.push(`stranger: ${name}`);
      const place = `${node.localName}[${name}=${value.slice(0, 80)}]`;
      if (name.startsWith("on") || name === "srcdoc") found.push(place);
      if (!["src", "href", "action", "formaction", "poster", "data", "srcset"].includes(name)) continue;
      let address;
      try {
        address = new URL(value, location.href);
      } catch {
        found.push(place);
        continue;
      }
      const link = node.localName === "a" && name === "href";
      const foreign = !own.has(address.origin) && address.protocol !== "blob:";
      if (!foreign) continue;
      const web = ["http:", "https:"].includes(address.protocol);
      const person = ["mailto:", "tel:"].includes(address.protocol);
      const rel = node.relList ?? new Set();
      const shut = rel.contains?.("noopener") && rel.contains?.("noreferrer");
      if (!link || !(person || (web && shut))) found.push(place);
    }
  }
  // Text that turns its direction must not turn what stands behind it.
  const turns = /[\u202a-\u202e\u2066-\u2069]/;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!turns.test(walker.currentNode.data)) continue;
    let box = walker.currentNode.parentElement;
    const apart = (element) => {
      const { display, unicodeBidi } = getComputedStyle(element);
      return !["inline", "contents"].includes(display) || /isolate|plaintext/.test(unicodeBidi);
    };
    while (box && !apart(box)) box = box.parentElement;
    const behind = document.createRange();
    behind.setStart(walker.currentNode, walker.currentNode.data.search(turns));
    behind.setEnd(box, box.childNodes.length);
    const text = behind.toString().trim().replace(/…$/, "");
    const initials = text.length <= 2; // in a box of their own
    if (!initials && !known.some((content) => content.includes(text))) found.push(`turned: ${text.slice(0, 80)}`);
  }
  return { found, hits: window.__hits };
}
