import type { Refusal } from "../api/client";
import { computed, ref, watchEffect } from "vue";
import { messages, type Tree } from "./messages";

type Said<T> = T extends readonly [infer M, unknown] ? (M extends string ? string : M) : { [K in keyof T]: Said<T[K]> };

export type Messages = Said<typeof messages>;
export type Locale = "en" | "es";

export const LOCALES: Record<Locale, string> = { en: "English", es: "Español" };
export const MESSAGES = { en: said(messages, 0) as Messages, es: said(messages, 1) as Messages };
const KEPT = "remuner.locale";

function said(tree: Tree, language: 0 | 1): unknown {
  const entries = Object.entries(tree).map(([name, each]) => {
    return [name, Array.isArray(each) ? each[language] : said(each as Tree, language)];
  });
  return Object.fromEntries(entries);
}

export function preferred(kept: string | null, wanted: readonly string[]): Locale {
  if (kept === "en" || kept === "es") return kept;
  return wanted.find((each) => /^(en|es)\b/.test(each))?.startsWith("es") ? "es" : "en";
}

export const locale = ref<Locale>(preferred(localStorage.getItem(KEPT), navigator.languages));
export const t = computed(() => MESSAGES[locale.value]);

watchEffect(() => (document.documentElement.lang = locale.value));

export function setLocale(chosen: Locale): void {
  locale.value = chosen;
  localStorage.setItem(KEPT, chosen);
}

/** What a refusal means, and what to do; a code that a newer service brings is told as a defect. */
export function sentence({ code, retryAfter }: Pick<Refusal, "code" | "retryAfter">): string {
  const said = t.value.errors[code] ?? t.value.errors.internal_error;
  return code === "rate_limited" && retryAfter ? `${said} ${t.value.seconds(retryAfter)}` : said;
}

/** The choices of a list, from the words for its values. */
export function choices<K extends string>(words: Record<K, string>, values = Object.keys(words) as K[]) {
  return values.map((value) => ({ value, title: words[value] }));
}

export function moment(text: string | null): string {
  if (!text) return t.value.never;
  return new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "short" }).format(new Date(text));
}

export function number(value: number): string {
  return new Intl.NumberFormat(locale.value).format(value);
}
