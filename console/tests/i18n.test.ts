import { beforeEach, describe, expect, it } from "vitest";
import { nextTick } from "vue";
import { CODES, SCOPES } from "../src/api/limits";
import { MESSAGES, locale, moment, number, preferred, setLocale, t } from "../src/i18n";

const { en, es } = MESSAGES;

/** Every message with where it stands; functions are given what they need. */
function said(messages: object, path = ""): [string, string][] {
  return Object.entries(messages).flatMap(([name, value]): [string, string][] => {
    const here = `${path}/${name}`;
    if (typeof value === "string") return [[here, value]];
    return typeof value === "function" ? [[here, value("A", "B")]] : said(value, here);
  });
}

beforeEach(() => {
  localStorage.clear();
  setLocale("en");
});

describe("messages", () => {
  it("are never empty", () => {
    expect([...said(en), ...said(es)].filter(([, text]) => !text.trim())).toEqual([]);
  });

  it("have a sentence for every code and every scope of the service", () => {
    for (const messages of [en, es]) {
      expect(Object.keys(messages.errors).sort()).toEqual([...CODES, "connection_lost"].sort());
      expect(Object.keys(messages.scopes).sort()).toEqual([...SCOPES].sort());
    }
  });

  it("are translated, but for what both languages call the same", () => {
    const english = new Map(said(en));
    const same = said(es).filter(([path, text]) => english.get(path) === text && / /.test(text));
    expect(same).toEqual([]);
  });
});

describe("the language", () => {
  it("is the one chosen before, else the first of the browser's that there is, else English", () => {
    expect(preferred("es", ["en"])).toBe("es");
    expect(preferred(null, ["de-DE", "es-MX", "en"])).toBe("es");
    expect(preferred("fr", ["de"])).toBe("en");
    expect(preferred(null, [])).toBe("en");
  });

  it("is told to the browser and kept when it is chosen", async () => {
    setLocale("es");
    await nextTick();
    expect([document.documentElement.lang, localStorage.getItem("remuner.locale")]).toEqual(["es", "es"]);
    expect([locale.value, t.value.users.title]).toEqual(["es", "Personas"]);
  });

  it("writes numbers and moments in its own way", () => {
    const at = "2026-01-02T15:04:05Z";
    expect([number(1234567), moment(at).includes("Jan")]).toEqual(["1,234,567", true]);
    setLocale("es");
    expect([number(1234567), moment(at).includes("ene")]).toEqual(["1.234.567", true]);
  });
});
