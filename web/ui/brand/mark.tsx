/** The Silkroad mark: two roads that meet, one passing over the other like a knot. */
export function Mark({ size }: { size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 64 64"
      fill="none"
      stroke-width="8"
      stroke-linecap="round"
      aria-hidden="true"
    >
      <rect width="64" height="64" rx="16" fill="var(--accent)" />
      <path
        d="M14 16c9 0 13 4 18 16c5 12 9 16 18 16"
        stroke="var(--on-accent)"
        stroke-opacity="0.5"
      />
      <path
        d="M40 22c-3 3-5 6-8 10s-5 7-8 10"
        stroke="var(--accent)"
        stroke-width="13"
        stroke-linecap="butt"
      />
      <path d="M50 16c-9 0-13 4-18 16s-9 16-18 16" stroke="var(--on-accent)" />
    </svg>
  );
}
