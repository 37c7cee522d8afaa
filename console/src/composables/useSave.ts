import { ref, shallowRef } from "vue";
import { Refusal } from "../api/client";
import { t } from "../i18n";

/** What has just been done, for the bar at the bottom of every page. */
export const said = ref("");

/** Carries out a call that somebody waits for, and tells what became of it. */
export function useSave() {
  const saving = ref(false);
  const problem = shallowRef<Refusal>();

  async function save<T>(act: () => Promise<T>): Promise<T | undefined> {
    if (saving.value) return undefined;
    saving.value = true;
    problem.value = undefined;
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.value = error;
      return undefined;
    } finally {
      saving.value = false;
    }
  }

  /** What is wrong with a field, in words for the one who filled it in. */
  function errorsOf(field: string): string[] {
    const own = problem.value?.fields.filter(
      ({ pointer }) => pointer === `/${field}` || pointer.startsWith(`/${field}/`),
    );
    return (own ?? []).map(({ code }) => fieldError(field, code));
  }

  return { saving, problem, save, errorsOf };
}

/** What the service says of a value that no limit of its document is about. */
const VALUE = new Set(["value_error", "validation_error"]);

export function fieldError(field: string, code: string): string {
  const sentences: Record<string, string> = t.value.fieldErrors;
  const special: Record<string, string> = { email: "email", token: "masked_token", expires_at: "in_the_past" };
  return sentences[code] ?? sentences[(VALUE.has(code) && special[field]) || "other"] ?? "";
}
