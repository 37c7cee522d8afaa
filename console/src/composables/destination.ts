import type { Schemas } from "../api/client";
import { t } from "../i18n";

export type Provider = Schemas["ProviderOutput"];
type Destination = Schemas["DestinationOutput"];
type Verification = Schemas["VerificationInput"];

/** A destination as a form has it: all in texts. Without a `path` nothing tells whether the token works. */
export type DestinationForm = {
  base_url: string;
  type: Schemas["AuthType"];
  name: string;
  username: string;
  method: NonNullable<Verification["method"]>;
  path: string;
  valid: string;
  rejected: string;
};

const STATUSES = /^[1-5]\d\d$/;

export function formOf(destination?: Destination): DestinationForm {
  const { base_url = "", auth, verify } = destination ?? {};
  return {
    base_url,
    type: auth?.type ?? "bearer",
    name: auth?.name ?? "",
    username: auth?.username ?? "",
    method: (verify?.method ?? "GET") as DestinationForm["method"],
    path: verify?.path ?? "",
    valid: (verify?.valid ?? [200]).join(", "),
    rejected: (verify?.rejected ?? [401]).join(", "),
  };
}

/** Returns how the token is put into a call; of what is typed, that which goes with the type. */
function authOf({ type, name, username }: DestinationForm): Schemas["AuthInput"] {
  return type === "basic" ? { type, username: username || null } : { type, name: name || null };
}

/** Returns all that is sent of a form. */
export function destinationOf(form: DestinationForm): Schemas["DestinationInput"] {
  const { base_url, method, path, valid, rejected } = form;
  const verify = path ? { method, path, valid: statusesOf(valid), rejected: statusesOf(rejected) } : null;
  return { base_url, auth: authOf(form), verify };
}

function statusesOf(text: string): number[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);
}

/** Returns whether each is a status, and in no other list. */
export function areStatuses(text: string, others: string): boolean {
  const taken = statusesOf(others);
  return statusesOf(text).every((status) => STATUSES.test(String(status)) && !taken.includes(status));
}

/** Returns whether the token goes to another place than before, or in another way: no token follows there. */
export function isMoved(before: Destination | null, now: DestinationForm | null): boolean {
  const place = (form: DestinationForm | null) => JSON.stringify(form && [form.base_url, authOf(form)]);
  return place(before && formOf(before)) !== place(now);
}

/** Returns whose address it is; for what its preset has in braces, each customer has a name of its own. */
export function providerOf(base_url: string, providers: Provider[]): Provider | undefined {
  return providers.find((provider) => {
    const pattern = provider.base_url.replaceAll(".", "\\.").replace(/\{.*\}/, "[^/]*");
    return new RegExp(`^${pattern}$`).test(base_url);
  });
}

export function destinationInWords(destination: Destination | null): string {
  if (!destination) return "";
  const { base_url, auth, verify } = destination;
  const how = [t.value.auth[auth.type], auth.name ?? auth.username].filter(Boolean).join(": ");
  return [base_url, how, verify && `${verify.method} ${verify.path}`].filter(Boolean).join(" · ");
}
