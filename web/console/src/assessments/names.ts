/** How features, levels and risks are called where they are assessed. */
import type { Assessment, Feature } from "../../../wire/wire.ts";
import { maybe, t } from "../words/index.ts";

export type Risk = Assessment["risk_after"];

export const levels: readonly number[] = [1, 2, 3, 4];
export const tones = { low: "good", medium: "accent", high: "warn" } as const;

/** A third party is called by its product, and everything of ours by its own words. */
export function featureName(name: string, features: readonly Feature[]): string {
  const product = features.find((feature) => feature.name === name)?.product;
  return product || (maybe(`feature.${name}`) ?? name);
}

export const riskName = (risk: Risk) => t(`assessments.${risk}`);
export const likely = (level: number) => maybe(`assessments.likely_${level}`) ?? "";
export const grave = (level: number) => maybe(`assessments.grave_${level}`) ?? "";

/** As the server counts; it has the last word. */
export function riskOf(likelihood: number, severity: number): Risk {
  const product = likelihood * severity;
  if (product >= 8) return "high";
  return product >= 4 ? "medium" : "low";
}
