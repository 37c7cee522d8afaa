import { mount } from "@vue/test-utils";
import { beforeEach, describe, expect, it } from "vitest";
import ChangeList from "../src/components/ChangeList.vue";
import { MESSAGES, setLocale } from "../src/i18n";

const { en } = MESSAGES;

beforeEach(() => setLocale("en"));

function linesOf(changes: Record<string, unknown[] | Record<string, unknown[]>>): string[] {
  const shown = mount(ChangeList, { props: { changes } });
  return shown.findAll("li, p").map((line) => line.text());
}

describe("what an event has changed", () => {
  it("is told by field, with the old value if there was one", () => {
    const changes = {
      name: ["Stripe", "Stripe EU"],
      status: [null, "active"],
      token: { version: [1, 2] },
      team: ["a", null],
    };
    expect(linesOf(changes)).toEqual(["Name: Stripe → Stripe EU", "Status: Active", "Token: v1 → v2", "team: a → –"]);
  });

  it("is told in words also where a value has parts", () => {
    const limits = { integration_ids: ["id-1", "id-2"], methods: ["GET", "HEAD"], path_prefix: null };
    expect(linesOf({ use_limits: [null, limits], scopes: [["users:read"], []] })).toEqual([
      "Limited to: Integrations: id-1, id-2; Methods: GET, HEAD",
      "Allowed to: users:read → –",
    ]);
  });

  it("takes no value for a word of another field", () => {
    expect(linesOf({ name: [null, "active"], first_name: [null, "constructor"] })).toEqual([
      "Name: active",
      "First name: constructor",
    ]);
  });

  it("is one line where another system was called", () => {
    const call = { path: [null, "/crm/people"], method: [null, "GET"] };
    expect(linesOf(call)).toEqual(["GET /crm/people"]);
    const answered = {
      bytes_received: [null, 1234],
      milliseconds: [null, 12],
      bytes_sent: [null, 0],
      status: [null, 200],
    };
    expect(linesOf({ ...answered, ...call })).toEqual([
      "GET /crm/people · Status: 200 · Milliseconds: 12 · Bytes sent: 0 · Bytes received: 1,234",
    ]);
    for (const [error, words] of [
      ["upstream_timeout", en.errors.upstream_timeout],
      ["aborted", en.destination.aborted],
      ["of a newer service", "of a newer service"],
    ]) {
      expect(linesOf({ ...call, error: [null, error] })).toEqual([`GET /crm/people · Error: ${words}`]);
    }
  });
});
