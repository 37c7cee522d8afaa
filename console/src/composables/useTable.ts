import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import { useRoute, useRouter } from "vue-router";
import { type Page, Refusal } from "../api/client";
import type { Query } from "./records";

export type Lister<T> = (query: Query, signal: AbortSignal) => Promise<Page<T>>;
export type Table<T> = ReturnType<typeof useTable<T>>;

const TYPING_MS = 120;

/** A list of the server's, whose filters, sort and page stand in the address: they can be shared, and go back. */
export function useTable<T>(list: Lister<T>, filters: readonly string[]) {
  const route = useRoute();
  const router = useRouter();
  const items = shallowRef<T[]>();
  const total = ref<number>();
  const next = ref<string | null>(null);
  const loading = ref(false);
  const problem = shallowRef<Refusal>();
  const path = route.path;
  let running: AbortController | undefined;
  let typing: ReturnType<typeof setTimeout> | undefined;

  const query = computed<Query>(() => {
    const kept = [...filters, "sort", "cursor"].map((name) => [name, route.query[name]] as const);
    return Object.fromEntries(
      kept.filter((each): each is [string, string] => typeof each[1] === "string" && !!each[1]),
    );
  });
  const filtered = computed(() => filters.some((name) => query.value[name]));

  async function reload(): Promise<void> {
    running?.abort();
    const { signal } = (running = new AbortController());
    loading.value = true;
    try {
      const page = await list(query.value, signal);
      if (signal.aborted) return;
      [items.value, total.value, next.value, problem.value] = [page.items, page.total, page.next_cursor, undefined];
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      problem.value = error;
    }
    loading.value = false;
  }

  function filter(changes: Record<string, string | null | undefined>): void {
    clearTimeout(typing);
    void router.replace({ query: { ...route.query, cursor: undefined, ...blankless(changes) } });
  }

  function search(q: string | null): void {
    clearTimeout(typing);
    typing = setTimeout(() => filter({ q }), TYPING_MS);
  }

  function sortBy(column: string): void {
    const sort = query.value.sort === column ? `-${column}` : column;
    void router.push({ query: { ...route.query, sort, cursor: undefined } });
  }

  /** The pages before this one, as far as they were come through: the service knows only what comes next. */
  function trail(): (string | null)[] {
    return Array.isArray(history.state?.trail) ? history.state.trail : [];
  }

  function goNext(): void {
    const state = { trail: [...trail(), query.value.cursor ?? null] };
    void router.push({ query: { ...route.query, cursor: next.value }, state });
  }

  function goPrevious(): void {
    const before = trail();
    const cursor = before.pop() ?? undefined;
    void router.push({ query: { ...route.query, cursor }, state: { trail: before } });
  }

  watch(query, (now, old) => {
    if (route.path === path && JSON.stringify(now) !== JSON.stringify(old)) void reload();
  });
  onScopeDispose(() => running?.abort());
  void reload();

  return { items, total, next, loading, problem, query, filtered, reload, filter, search, sortBy, goNext, goPrevious };
}

function blankless(changes: Record<string, string | null | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, value || undefined]));
}
