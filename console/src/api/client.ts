import createClient from "openapi-fetch";
import { ref } from "vue";
import type { CODES } from "./limits";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];
export type Code = (typeof CODES)[number] | "connection_lost";
export type Page<T> = { items: T[]; next_cursor: string | null; total?: number };
export type Read<T> = { data: T; etag: string };

/** Why a call was not carried out. It holds nothing of what was sent, so that no token or key lives on in it. */
export class Refusal extends Error {
  constructor(
    readonly code: Code,
    readonly status: number,
    readonly fields: { pointer: string; code: string }[] = [],
    readonly requestId = "",
    readonly retryAfter = 0,
  ) {
    super(code);
  }
}

/** Whose session it is; null: nobody's, undefined: not known. */
export const caller = ref<Schemas["SessionOutput"] | null>();

export const api = createClient<paths>({
  headers: { "X-API-Version": "2" },
  fetch: (request) => globalThis.fetch(request),
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the paths are put together; `call<T>` says what comes
export const anywhere = api as unknown as ReturnType<typeof createClient<any>>;

/** Returns a name that nothing else has; `crypto.randomUUID` is not there for pages that came by http from afar. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** Returns what a call answers, with its ETag; throws Refusal. */
export async function read<T>(answer: Answer<T>): Promise<Read<T>> {
  let settled: Awaited<Answer<T>>;
  try {
    settled = await answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refusal("connection_lost", 0);
  }
  const { data, error, response } = settled;
  if (response.ok) return { data: data as T, etag: response.headers.get("ETag") ?? "" };
  if (response.status === 401) caller.value = null;
  throw refusal(error, response);
}

/** Returns what a call answers; throws Refusal. */
export async function call<T>(answer: Answer<T>): Promise<T> {
  return (await read(answer)).data;
}

/** A proxy between us and the service answers in its own way. */
const BY_STATUS: Partial<Record<number, Code>> = { 413: "payload_too_large", 429: "rate_limited" };

function refusal(error: unknown, { status, headers }: Response): Refusal {
  const problem = (typeof error === "object" && error !== null ? error : {}) as Partial<Schemas["ProblemDocument"]>;
  const code = problem.code ?? BY_STATUS[status] ?? (status >= 502 ? "service_unavailable" : "internal_error");
  const requestId = problem.request_id ?? headers.get("X-Request-ID") ?? "";
  return new Refusal(code as Code, status, problem.errors, requestId, Number(headers.get("Retry-After")) || 0);
}
