/** The Silkroad mark: one road that winds through two turns and passes under itself. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
      <rect width="64" height="64" rx="16" fill="var(--accent)" />
      <path
        d="M47 17H27a8 8 0 0 0 0 16h10a8 8 0 0 1 0 16H17"
        fill="none"
        stroke="var(--on-accent)"
        stroke-width="7"
        stroke-linecap="round"
      />
      <path d="M32 25v16" fill="none" stroke="var(--accent)" stroke-width="3" />
    </svg>
  );
}
