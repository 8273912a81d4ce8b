/** Small marks: a number that asks for attention, and a word on a tinted ground. */
import type { ComponentChildren } from "preact";
import "./badge.css";
import { classes } from "./classes.ts";

export function Count({ value, label }: { value: number; label: string }) {
  if (value <= 0) return null;
  return (
    <span class="count">
      <span aria-hidden="true">{value > 99 ? "99+" : value}</span>
      <span class="for-screen-readers">{label}</span>
    </span>
  );
}

export function Tag({
  tone = "plain",
  children,
}: {
  tone?: "plain" | "good" | "warn" | "danger" | "accent";
  children: ComponentChildren;
}) {
  return <span class={classes("tag", tone)}>{children}</span>;
}
