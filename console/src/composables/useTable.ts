import { computed, onScopeDispose, ref, shallowRef, watch } from "vue";
import { useRoute, useRouter } from "vue-router";
import { type Page, Refusal } from "../api/client";
import type { Query } from "./records";

type Lister<T> = (query: Query, signal: AbortSignal) => Promise<Page<T>>;
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
      if (!page.items.length && query.value.cursor) return filter({}); // the last of a page was deleted
      [items.value, total.value, next.value, problem.value] = [page.items, page.total, page.next_cursor, undefined];
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      problem.value = error;
    }
    loading.value = false;
  }

  /** Shows what matches, from the first page; each choice can be gone back from, typing cannot. */
  function filter(changes: Record<string, string | null | undefined>, go = router.push): void {
    clearTimeout(typing);
    const named = Object.entries(changes).map(([name, value]) => [name, value || undefined]);
    void go({ query: { ...route.query, cursor: undefined, ...Object.fromEntries(named) } });
  }

  function search(q: string | null): void {
    clearTimeout(typing);
    typing = setTimeout(() => filter({ q }, router.replace), TYPING_MS);
  }

  function clear(): void {
    clearTimeout(typing);
    void router.push({ path });
  }

  function sortBy(column: string): void {
    filter({ sort: (query.value.sort ?? "created_at") === column ? `-${column}` : column });
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
  onScopeDispose(() => {
    running?.abort();
    clearTimeout(typing);
  });
  void reload();

  return {
    items,
    total,
    next,
    loading,
    problem,
    query,
    filtered,
    reload,
    filter,
    search,
    clear,
    sortBy,
    goNext,
    goPrevious,
  };
}
