import { ref, shallowRef } from "vue";
import { Refusal } from "../api/client";
import { sentence, t } from "../i18n";

/** What has just been done, for the bar at the bottom of every page. */
export const said = ref("");

/** Carries out calls that somebody waits for, one at a time, and tells what became of the last. */
export function useSave() {
  const saving = ref(false);
  const problem = shallowRef<Refusal>();

  /** Returns what the call answers; undefined if it was refused, or another is under way. */
  async function save<T>(act: () => Promise<T>): Promise<{ answer: T } | undefined> {
    if (saving.value) return undefined;
    saving.value = true;
    problem.value = undefined;
    try {
      return { answer: await act() };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.value = error;
      return undefined;
    } finally {
      saving.value = false;
    }
  }

  /** As `save`, where there is no better place for a refusal than the bar at the bottom. */
  async function attempt<T>(act: () => Promise<T>): Promise<{ answer: T } | undefined> {
    const done = await save(act);
    if (problem.value) said.value = sentence(problem.value);
    return done;
  }

  /** What is wrong with a field, in words for the one who filled it in. */
  function errorsOf(field: string): string[] {
    const own = problem.value?.fields.filter(({ pointer }) => `${pointer}/`.startsWith(`/${field}/`));
    return (own ?? []).map(({ code }) => fieldError(field, code));
  }

  return { saving, problem, save, attempt, errorsOf };
}

/** What the service says of a value that no limit of its document is about. */
const VALUE = new Set(["value_error", "validation_error"]);
const SPECIAL: Record<string, string> = {
  email: "email",
  token: "masked_token",
  expires_at: "in_the_past",
  "destination/base_url": "address",
  "destination/auth": "header",
  "destination/verify/path": "path",
};

export function fieldError(field: string, code: string): string {
  const sentences: Record<string, string> = t.value.fieldErrors;
  const errors: Record<string, string> = t.value.errors;
  if (VALUE.has(code)) return sentences[SPECIAL[field] ?? "other"] ?? "";
  return sentences[code] ?? errors[code] ?? t.value.fieldErrors.other;
}
