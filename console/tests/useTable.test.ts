import { flushPromises, mount } from "@vue/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineComponent } from "vue";
import { createMemoryHistory, createRouter, type Router } from "vue-router";
import { type Page, Refusal } from "../src/api/client";
import type { Query } from "../src/composables/records";
import { type Table, useTable } from "../src/composables/useTable";

type Row = { id: string };
type Asked = { query: Query; signal: AbortSignal; answer: (page: Page<Row>) => void; refuse: (error: unknown) => void };

/** A list whose service answers when the test says so. */
async function opened(address: string) {
  const asked: Asked[] = [];
  let table!: Table<Row>;
  const List = defineComponent({
    setup() {
      const list = (query: Query, signal: AbortSignal) =>
        new Promise<Page<Row>>((answer, refuse) => asked.push({ query, signal, answer, refuse }));
      table = useTable<Row>(list, ["q", "status"]);
      return () => null;
    },
  });
  const routes = [
    { path: "/rows", component: List },
    { path: "/other", component: List },
  ];
  const router: Router = createRouter({ history: createMemoryHistory(), routes });
  await router.push(address);
  const wrapper = mount(List, { global: { plugins: [router] } });
  return { asked, table, router, wrapper };
}

const page = (...ids: string[]): Page<Row> => ({ items: ids.map((id) => ({ id })), next_cursor: "c2", total: 9 });

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a list of the service's", () => {
  it("asks for what stands in the address, and nothing that is no filter of its own", async () => {
    const { asked, table } = await opened("/rows?q=ada&sort=-name&foreign=1&status=");
    expect(asked.map(({ query }) => query)).toEqual([{ q: "ada", sort: "-name" }]);
    expect([table.loading.value, table.filtered.value, table.items.value]).toEqual([true, true, undefined]);
    asked[0]?.answer(page("a"));
    await flushPromises();
    expect([table.items.value, table.total.value, table.next.value]).toEqual([[{ id: "a" }], 9, "c2"]);
    expect(table.loading.value).toBe(false);
  });

  it("waits until typing pauses, and asks once for what is typed then", async () => {
    const { asked, table, router } = await opened("/rows?cursor=c1");
    for (const q of ["a", "ad", "ada"]) table.search(q);
    await vi.advanceTimersByTimeAsync(500);
    expect(asked.slice(1).map(({ query }) => query)).toEqual([{ q: "ada" }]);
    expect(router.currentRoute.value.fullPath).toBe("/rows?q=ada");
  });

  it("shows the newest answer, whatever order they come in", async () => {
    const { asked, table } = await opened("/rows");
    table.filter({ status: "active" });
    await flushPromises();
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[1]?.answer(page("new"));
    await flushPromises();
    asked[0]?.answer(page("old"));
    await flushPromises();
    expect(table.items.value).toEqual([{ id: "new" }]);
  });

  it("keeps what it shows when it is refused, and tells why until it succeeds", async () => {
    const { asked, table } = await opened("/rows");
    asked[0]?.answer(page("a"));
    await flushPromises();
    void table.reload();
    asked[1]?.refuse(new Refusal("service_unavailable", 503));
    await flushPromises();
    expect([table.problem.value?.code, table.items.value]).toEqual(["service_unavailable", [{ id: "a" }]]);
    void table.reload();
    asked[2]?.answer(page("b"));
    await flushPromises();
    expect([table.problem.value, table.items.value]).toEqual([undefined, [{ id: "b" }]]);
  });

  it("forgets what is being typed when it is left or cleared", async () => {
    const { asked, table, router, wrapper } = await opened("/rows?status=active");
    table.search("ada");
    table.clear();
    await vi.advanceTimersByTimeAsync(500);
    expect([router.currentRoute.value.fullPath, asked.at(-1)?.query]).toEqual(["/rows", {}]);
    table.search("ada");
    wrapper.unmount();
    await router.push("/other");
    await vi.advanceTimersByTimeAsync(500);
    expect(router.currentRoute.value.fullPath).toBe("/other");
  });

  it("goes to the first page when the one that it shows has nothing any more", async () => {
    const { asked, router } = await opened("/rows?cursor=c1");
    asked[0]?.answer({ items: [], next_cursor: null, total: 25 });
    await flushPromises();
    expect([router.currentRoute.value.fullPath, asked.length]).toEqual(["/rows", 2]);
  });

  it("sorts upwards first, then downwards, from the first page", async () => {
    const { table, router } = await opened("/rows?cursor=c1");
    table.sortBy("name");
    await flushPromises();
    expect(router.currentRoute.value.query).toEqual({ sort: "name" });
    table.sortBy("name");
    await flushPromises();
    expect(router.currentRoute.value.query).toEqual({ sort: "-name" });
    await router.push("/rows");
    table.sortBy("created_at");
    await flushPromises();
    expect(router.currentRoute.value.query).toEqual({ sort: "-created_at" });
  });

  it("asks nothing any more for an address that is another page's, or after it is gone", async () => {
    const { asked, router, wrapper } = await opened("/rows");
    await router.push("/other?q=x");
    await flushPromises();
    expect(asked.length).toBe(1);
    wrapper.unmount();
    expect(asked[0]?.signal.aborted).toBe(true);
  });
});
