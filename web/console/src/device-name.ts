/** "Firefox · Linux" out of a user agent text: enough to recognise one's own devices. */
import { t } from "./words/index.ts";

const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger/, "WeChat"],
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrom(e|ium)|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
];

const systems: readonly [RegExp, string][] = [
  [/HarmonyOS/, "HarmonyOS"],
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X|Macintosh/, "macOS"],
  [/Linux|X11/, "Linux"],
];

export function deviceName(agent: string): string {
  const name = (list: readonly [RegExp, string][]) => list.find(([sign]) => sign.test(agent))?.[1];
  const parts = [name(browsers), name(systems)].filter(Boolean);
  return parts.join(" · ") || agent.slice(0, 60) || t("devices.unknown");
}

export const isPhone = (agent: string) => /Mobi|Android|iPhone|HarmonyOS/.test(agent);
