/** A keyboard shortcut for the eye only; controls name theirs with aria-keyshortcuts. */
export function Keys({ children }: { children: string }) {
  return (
    <span class="key" aria-hidden="true">
      {children}
    </span>
  );
}
