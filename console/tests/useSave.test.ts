import { beforeEach, describe, expect, it } from "vitest";
import { Refusal, read } from "../src/api/client";
import { useSave } from "../src/composables/useSave";
import { MESSAGES, sentence, setLocale } from "../src/i18n";

beforeEach(() => setLocale("en"));

const { en } = MESSAGES;

describe("what somebody waits for", () => {
  it("is done once, however often it is asked for meanwhile", async () => {
    const { saving, save } = useSave();
    let times = 0;
    let finish!: () => void;
    const act = () => new Promise<string>((resolve) => ((times += 1), (finish = () => resolve("done"))));
    const first = save(act);
    expect([saving.value, await save(act)]).toEqual([true, undefined]);
    finish();
    expect([await first, times, saving.value]).toEqual([{ answer: "done" }, 1, false]);
  });

  it("tells the refusal at its fields, in words", async () => {
    const { problem, save, errorsOf } = useSave();
    const fields = [
      { pointer: "/email", code: "value_error" },
      { pointer: "/team_ids/0", code: "team_not_found" },
      { pointer: "/name", code: "of a newer service" },
      { pointer: "/token", code: "token_required" },
      { pointer: "/destination/base_url", code: "value_error" },
      { pointer: "/destination/auth/name", code: "string_pattern_mismatch" },
      { pointer: "/destination/auth", code: "value_error" },
    ];
    await save(() => Promise.reject(new Refusal("validation_error", 422, fields)));
    expect(problem.value?.code).toBe("validation_error");
    const own = ["email", "team_ids", "name", "first_name", "token", "destination/base_url", "destination/auth"];
    expect(own.map(errorsOf)).toEqual([
      [en.fieldErrors.email],
      [en.fieldErrors.team_not_found],
      [en.fieldErrors.other],
      [],
      [en.errors.token_required],
      [en.fieldErrors.address],
      [en.fieldErrors.string_pattern_mismatch, en.fieldErrors.header],
    ]);
    await save(() => Promise.resolve());
    expect([problem.value, errorsOf("email")]).toEqual([undefined, []]);
  });

  it("does not hide a defect", async () => {
    const { saving, save } = useSave();
    await expect(save(() => Promise.reject(new TypeError("ours")))).rejects.toThrow("ours");
    expect(saving.value).toBe(false);
  });
});

describe("an answer", () => {
  const refused = (status: number, error: unknown, headers = {}) =>
    read(Promise.resolve({ error, response: new Response(null, { status, headers }) })).catch((each: Refusal) => each);

  it("that is a problem is a refusal with its code, and nothing else of it", async () => {
    const problem = { code: "email_taken", detail: "canary-7f3a", request_id: "r1", errors: [] };
    const found = await refused(409, problem);
    expect(found).toMatchObject({ code: "email_taken", status: 409, requestId: "r1" });
    expect(JSON.stringify(found)).not.toContain("canary-7f3a");
  });

  it("that says when to come again is told with the seconds", async () => {
    const found = (await refused(429, { code: "rate_limited" }, { "Retry-After": "17" })) as Refusal;
    expect(sentence(found)).toBe(`${en.errors.rate_limited} ${en.seconds(17)}`);
  });

  it("of somebody in between is told by its status", async () => {
    expect(await refused(413, "<html>")).toMatchObject({ code: "payload_too_large" });
    expect(await refused(502, "<html>")).toMatchObject({ code: "service_unavailable" });
    expect(await refused(500, undefined, { "X-Request-ID": "r2" })).toMatchObject({
      code: "internal_error",
      requestId: "r2",
    });
  });

  it("that never came is a lost connection", async () => {
    const lost = read(Promise.reject(new TypeError("Failed to fetch")));
    await expect(lost).rejects.toMatchObject({ code: "connection_lost", status: 0 });
  });

  it("comes with its ETag", async () => {
    const response = new Response("{}", { headers: { ETag: '"1"' } });
    expect(await read(Promise.resolve({ data: { id: 1 }, response }))).toEqual({ data: { id: 1 }, etag: '"1"' });
  });
});
