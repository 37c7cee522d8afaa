import {
  mdiAccountGroup,
  mdiAccountMultiple,
  mdiConnection,
  mdiHistory,
  mdiKey,
  mdiViewDashboard as mdiOverview,
} from "@mdi/js";
import { h } from "vue";
import { createRouter, createWebHistory, RouterLink } from "vue-router";
import { caller } from "./api/client";
import { can, load, type Scope } from "./composables/session";
import { t } from "./i18n";

declare module "vue-router" {
  interface RouteMeta {
    /** What the caller must be allowed to, to be offered the page; none: anybody who is signed in. */
    scope?: Scope;
    public?: boolean;
  }
}

const Overview = () => import("./pages/Overview.vue");
const Users = () => import("./pages/Users.vue");
const Teams = () => import("./pages/Teams.vue");
const Integrations = () => import("./pages/Integrations.vue");
const AccessKeys = () => import("./pages/AccessKeys.vue");
const Audit = () => import("./pages/Audit.vue");
const SignIn = () => import("./pages/SignIn.vue");
const NotFound = { render: () => h(RouterLink, { to: "/" }, () => t.value.notFound.back) };

/** What the navigation offers to those who may. */
export const PAGES = [
  { path: "/", name: "overview", icon: mdiOverview, component: Overview },
  { path: "/users", name: "users", icon: mdiAccountMultiple, component: Users, meta: { scope: "users:read" } },
  { path: "/teams", name: "teams", icon: mdiAccountGroup, component: Teams, meta: { scope: "users:read" } },
  {
    path: "/integrations",
    name: "integrations",
    icon: mdiConnection,
    component: Integrations,
    meta: { scope: "integrations:read" },
  },
  { path: "/access-keys", name: "keys", icon: mdiKey, component: AccessKeys, meta: { scope: "access:manage" } },
  { path: "/audit-events", name: "audit", icon: mdiHistory, component: Audit, meta: { scope: "audit:read" } },
] as const;
export type PageName = (typeof PAGES)[number]["name"] | "signIn" | "notFound";

export function createPages() {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      ...PAGES,
      { path: "/sign-in", name: "signIn", component: SignIn, meta: { public: true } },
      { path: "/:rest(.*)", name: "notFound", component: NotFound },
    ],
  });
  router.beforeEach(async (to) => {
    if (caller.value === undefined) await load().catch(() => undefined); // the sign-in page asks again, and tells
    if (!caller.value && !to.meta.public) {
      return { name: "signIn", query: to.fullPath === "/" ? {} : { next: to.fullPath } };
    }
    if (caller.value && to.name === "signIn") return { name: "overview" };
    return !to.meta.scope || can(to.meta.scope) || { name: "overview" };
  });
  return router;
}
