import { ref } from "vue";
import { api, call, onUnauthenticated, type Schemas } from "../api/client";

export type Scope = Schemas["AccessScope"];

/** Whose session it is; null: nobody's, undefined: not asked yet. */
export const caller = ref<Schemas["SessionOutput"] | null>();

/** The key is sent once and kept nowhere: the cookie that comes back is out of any script's reach. */
const tabs = new BroadcastChannel("remuner.session");

tabs.onmessage = () => void load();
onUnauthenticated(() => (caller.value = null));

export function can(scope: Scope): boolean {
  return caller.value?.scopes.includes(scope) ?? false;
}

export async function load(): Promise<void> {
  try {
    caller.value = await call(api.GET("/v1/session"));
  } catch {
    caller.value = null;
  }
}

export async function signIn(accessKey: string): Promise<void> {
  caller.value = await call(api.POST("/v1/session", { body: { access_key: accessKey } }));
  tabs.postMessage(null);
}

export async function signOut(): Promise<void> {
  await call(api.DELETE("/v1/session"));
  caller.value = null;
  tabs.postMessage(null);
}

export async function signOutEverywhere(): Promise<void> {
  await call(api.DELETE("/v1/sessions"));
  caller.value = null;
  tabs.postMessage(null);
}
