import { api, call, caller, type Schemas } from "../api/client";

export type Scope = Schemas["AccessScope"];

const tabs = new BroadcastChannel("remuner.session");

tabs.onmessage = () => void load().catch(() => undefined);

export function can(scope: Scope): boolean {
  return caller.value?.scopes.includes(scope) ?? false;
}

/** Asks whose session it is; throws Refusal when that cannot be known. */
export async function load(): Promise<void> {
  try {
    caller.value = await call(api.GET("/v1/session"));
  } catch (error) {
    if (caller.value !== null) throw error; // null: the service has said that it is nobody's
  }
}

/** The key is sent once and kept nowhere: the cookie that comes back is out of any script's reach. */
export async function signIn(accessKey: string): Promise<void> {
  caller.value = await call(api.POST("/v1/session", { body: { access_key: accessKey } }));
  tabs.postMessage(null);
}

/** Ends this session, or with `everywhere` all of the same access key. */
export async function signOut(everywhere: boolean): Promise<void> {
  await call(everywhere ? api.DELETE("/v1/sessions") : api.DELETE("/v1/session"));
  tabs.postMessage(null);
}
