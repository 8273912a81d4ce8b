// Line drawings of 24 × 24, decoration only: the button around one carries the name.

const paths = {
  close: "M6 6l12 12M18 6L6 18",
  info: "M12 11v5M12 8h0M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  send: "M4 12l16-8-6 16-3-6zM11 14l9-10",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4L14.5 7",
  face: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.5c1.8 2.3 5.2 2.3 7 0M9 9.5h0M15 9.5h0",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c5 5 5 13 0 18c-5-5-5-13 0-18z",
  bell: "M18 16H6c2-2 1-8 3-10a4.3 4.3 0 0 1 6 0c2 2 1 8 3 10zM10.5 20h3",
  file: "M14 3H6v18h12V7zM14 3v4h4",
};

export const Icon = ({ name }: { name: keyof typeof paths }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);
