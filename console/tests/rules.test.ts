import { describe, expect, it } from "vitest";
import { MESSAGES } from "../src/i18n";
import { rules } from "../src/rules";

/** What the first rule that is broken says; true if none is. */
function verdict(checks: ReturnType<typeof rules>, value: string | null): true | string {
  return checks.map((check) => check(value)).find((said) => said !== true) ?? true;
}

const { en } = MESSAGES;

describe("the checks before sending", () => {
  const email = rules("UserCreate", "email", en);
  const name = rules("TeamCreate", "name", en);
  const token = rules("IntegrationCreate", "token", en);
  const address = rules("DestinationInput", "base_url", en, true);
  const header = rules("AuthInput", "name", en, true);
  const path = rules("VerificationInput", "path", en, false);

  it.each([
    ["a needed text", name, "Sales", true],
    ["blanks only", name, "  ", en.fieldErrors.missing],
    ["nothing", name, null, en.fieldErrors.missing],
    ["a control character", name, "a\u0007b", en.fieldErrors.string_pattern_mismatch],
    ["50 characters, counted as the service counts them", name, "😀".repeat(50), true],
    ["51 characters", name, "x".repeat(51), en.tooLong(50)],
    ["an address", email, " ada@example.com ", true],
    ["an address without a domain", email, "ada@", en.fieldErrors.email],
    ["a token", token, "canary-7f3a", true],
    ["a mask", token, "••••••••", en.fieldErrors.masked_token],
    ["asterisks", token, "****", en.fieldErrors.masked_token],
    ["a token that is not ASCII", token, "clé", en.fieldErrors.token_characters],
    ["a base URL", address, "https://api.example.com/v1", true],
    ["a base URL that is missing", address, "", en.fieldErrors.missing],
    ["a base URL to be completed", address, "https://{domain}.example.com", en.fieldErrors.braces],
    ["a base URL without a scheme", address, "api.example.com", en.fieldErrors.address],
    ["a base URL with a query", address, "https://api.example.com?a=b", en.fieldErrors.address],
    ["a header", header, "x-api-token", true],
    ["a header with a blank", header, "x api", en.fieldErrors.string_pattern_mismatch],
    ["a path", path, "/v3/account?limit=1", true],
    ["no path", path, "", true],
    ["a path without a slash", path, "v3", en.fieldErrors.path],
  ])("say of %s what the service would say", (_, checks, value, expected) => {
    expect(verdict(checks, value)).toBe(expected);
  });

  it("let a token be left out where it is replaced only", () => {
    expect(verdict(rules("IntegrationCreate", "token", en, false), "")).toBe(true);
  });
});
