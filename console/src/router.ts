import { createRouter, createWebHistory } from "vue-router";
import { caller, can, load, type Scope } from "./composables/session";

declare module "vue-router" {
  interface RouteMeta {
    /** What the caller must be allowed to, to be offered the page; none: anybody who is signed in. */
    scope?: Scope;
    public?: boolean;
  }
}

export const PAGES = [
  { path: "/", name: "overview", component: () => import("./pages/Overview.vue") },
  { path: "/users", name: "users", component: () => import("./pages/Users.vue"), meta: { scope: "users:read" } },
  { path: "/teams", name: "teams", component: () => import("./pages/Teams.vue"), meta: { scope: "users:read" } },
  {
    path: "/integrations",
    name: "integrations",
    component: () => import("./pages/Integrations.vue"),
    meta: { scope: "integrations:read" },
  },
  {
    path: "/access-keys",
    name: "keys",
    component: () => import("./pages/AccessKeys.vue"),
    meta: { scope: "access:manage" },
  },
  { path: "/audit-events", name: "audit", component: () => import("./pages/Audit.vue"), meta: { scope: "audit:read" } },
] as const;

export function createPages() {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      ...PAGES,
      { path: "/sign-in", name: "signIn", component: () => import("./pages/SignIn.vue"), meta: { public: true } },
      { path: "/:rest(.*)", name: "notFound", component: () => import("./pages/NotFound.vue") },
    ],
  });
  router.beforeEach(async (to) => {
    if (caller.value === undefined) await load();
    if (!caller.value && !to.meta.public)
      return { name: "signIn", query: to.fullPath === "/" ? {} : { next: to.fullPath } };
    if (caller.value && to.name === "signIn") return { name: "overview" };
    return !to.meta.scope || can(to.meta.scope) || { name: "overview" };
  });
  return router;
}
