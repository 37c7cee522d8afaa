import { computed, ref, watchEffect } from "vue";
import { en } from "./en";
import { es } from "./es";

type Localized<T> = T extends string
  ? string
  : T extends (...given: infer G) => string
    ? (...given: G) => string
    : { [K in keyof T]: Localized<T[K]> };

/** What every language has to say; one that lacks a message, or the sentence for a code, does not compile. */
export type Messages = Localized<typeof en>;
export type Locale = "en" | "es";

export const LOCALES: Record<Locale, string> = { en: "English", es: "Español" };
const MESSAGES: Record<Locale, Messages> = { en, es };
const KEPT = "remuner.locale";

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

export function moment(text: string): string {
  return new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "short" }).format(new Date(text));
}

export function number(value: number): string {
  return new Intl.NumberFormat(locale.value).format(value);
}
