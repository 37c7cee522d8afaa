import { beforeEach, describe, expect, it } from "vitest";
import type { Schemas } from "../src/api/client";
import {
  areStatuses,
  destinationInWords,
  destinationOf,
  formOf,
  isMoved,
  type Provider,
  providerOf,
} from "../src/composables/destination";
import { setLocale } from "../src/i18n";

type Destination = Schemas["DestinationOutput"];

const HUBSPOT: Destination = {
  base_url: "https://api.hubapi.com",
  auth: { type: "bearer" },
  verify: { method: "GET", path: "/me", valid: [200, 403], rejected: [401] },
};

beforeEach(() => setLocale("en"));

describe("the form of a destination", () => {
  it("sends what it was filled with", () => {
    expect(destinationOf(formOf(HUBSPOT))).toEqual({ ...HUBSPOT, auth: { type: "bearer", name: null } });
  });

  it("sends a name or a user name only where it goes with how the token is sent", () => {
    const typed = { ...formOf(HUBSPOT), name: "x-api-token", username: "ada" };
    expect(destinationOf({ ...typed, type: "basic" }).auth).toEqual({ type: "basic", username: "ada" });
    expect(destinationOf({ ...typed, type: "header" }).auth).toEqual({ type: "header", name: "x-api-token" });
  });

  it("has no verification without a path", () => {
    expect(destinationOf({ ...formOf(HUBSPOT), path: "" }).verify).toBeNull();
    expect(destinationOf(formOf({ ...HUBSPOT, verify: undefined })).verify).toBeNull();
  });

  it.each([
    ["200, 403", "401", true],
    ["200 403", "", true],
    ["", "401", true],
    ["200, 401", "401", false],
    ["2000", "", false],
    ["099", "", false],
    ["600", "", false],
    ["ok", "", false],
  ])("takes %o beside %o for statuses: %o", (text, others, expected) => {
    expect(areStatuses(text, others)).toBe(expected);
  });
});

describe("a token", () => {
  const form = formOf(HUBSPOT);

  it.each([
    ["another verification", HUBSPOT, { ...form, path: "/other", valid: "204" }, false],
    ["a user name that is not sent", HUBSPOT, { ...form, username: "ada" }, false],
    ["no destination, as before", null, null, false],
    ["another address", HUBSPOT, { ...form, base_url: "https://api.hubapi.com/crm" }, true],
    ["another type", HUBSPOT, { ...form, type: "basic" as const }, true],
    ["another scheme", HUBSPOT, { ...form, name: "Zoho-oauthtoken" }, true],
    ["a first destination", null, form, true],
    ["no destination any more", HUBSPOT, null, true],
  ])("with %s: is another one needed?", (_, before, now, expected) => {
    expect(isMoved(before, now)).toBe(expected);
  });
});

describe("an address", () => {
  const providers = [
    { id: "hubspot", base_url: "https://api.hubapi.com" },
    { id: "salesforce", base_url: "https://{domain}.my.salesforce.com" },
  ] as Provider[];

  it.each([
    ["https://api.hubapi.com", "hubspot"],
    ["https://apixhubapi.com", undefined],
    ["https://api.hubapi.com.example", undefined],
    ["https://{domain}.my.salesforce.com", "salesforce"],
    ["https://acme.my.salesforce.com", "salesforce"],
    ["https://evil.example/.my.salesforce.com", undefined],
    ["https://acme.my.salesforce.com.example", undefined],
    ["", undefined],
  ])("%s belongs to %s", (address, expected) => {
    expect(providerOf(address, providers)?.id).toBe(expected);
  });
});

it("a destination is told in words", () => {
  expect(destinationInWords(null)).toBe("");
  expect(destinationInWords(HUBSPOT)).toBe("https://api.hubapi.com · Bearer token · GET /me");
  const own = { base_url: "https://crm.example", auth: { type: "header" as const, name: "x-api-token" } };
  expect(destinationInWords(own)).toBe("https://crm.example · Header of its own: x-api-token");
});
