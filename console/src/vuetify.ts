import "vuetify/styles/core";
import "vuetify/styles/utilities";
import { createVuetify } from "vuetify";
import { aliases, mdi } from "vuetify/iconsets/mdi-svg";
import { en, es } from "vuetify/locale";
import { locale } from "./i18n";

const KEPT = "remuner.theme";
const LIGHT = { primary: "#3949ab", background: "#f6f7fb", success: "#1b6e3a", warning: "#8a5a00", error: "#9b1c15" };
const DARK = { primary: "#aab4f7", background: "#12131a", success: "#7fd6a0", warning: "#f0c36a", error: "#ffb4ab" };
const CONTRAST = { "medium-emphasis-opacity": 0.76 }; // 0.6 is too faint for small labels (WCAG 2.2, 1.4.3)
const FIELD = { variant: "outlined", density: "comfortable" };

export function createTheme() {
  const kept = localStorage.getItem(KEPT);
  return createVuetify({
    locale: { locale: locale.value, messages: { en, es } },
    icons: { defaultSet: "mdi", aliases, sets: { mdi } },
    theme: {
      cspNonce: document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce,
      defaultTheme: kept === "light" || kept === "dark" ? kept : "system",
      themes: {
        light: { colors: LIGHT, variables: CONTRAST },
        dark: { colors: { ...DARK, surface: "#1b1d27" }, variables: CONTRAST },
      },
    },
    defaults: {
      VTextField: FIELD,
      VSelect: FIELD,
      VAutocomplete: FIELD,
      VAlert: { variant: "tonal", density: "comfortable" },
      VBtn: { variant: "text" },
    },
  });
}

export function keepTheme(name: string): void {
  localStorage.setItem(KEPT, name);
}
