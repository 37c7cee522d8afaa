import { anywhere, call, type Page, type Read, read, type Schemas } from "../api/client";
import { moment, t } from "../i18n";

export type Query = Record<string, string>;
export type Choice = { id: string; title: string; subtitle?: string };
export type Find = (q: string, signal: AbortSignal) => Promise<Choice[]>;

/** The calls of one resource; `T` is what the service shows, `F` what it takes. */
export type Resource<T, F> = {
  list: (query: Query, signal: AbortSignal) => Promise<Page<T>>;
  get: (id: string) => Promise<Read<T>>;
  create: (form: F, once: string) => Promise<unknown>;
  update: (id: string, changes: Partial<F>, etag: string) => Promise<unknown>;
  remove: (id: string) => Promise<unknown>;
};

const PAGE = { limit: 25, include_total: true };

export function resource<T, F>(path: string): Resource<T, F> {
  return {
    list: (query, signal) => call(anywhere.GET(path, { params: { query: { ...PAGE, ...query } }, signal })),
    get: (id) => read(anywhere.GET(`${path}/${id}`, {})),
    create: (body, once) => call(anywhere.POST(path, { headers: { "Idempotency-Key": once }, body })),
    update: (id, body, etag) => call(anywhere.PATCH(`${path}/${id}`, { headers: { "If-Match": etag }, body })),
    remove: (id) => call(anywhere.DELETE(`${path}/${id}`, {})),
  };
}

export const users = resource<Schemas["UserOutput"], Schemas["UserCreate"]>("/v1/users");
export const teams = resource<Schemas["TeamOutput"], Schemas["TeamCreate"]>("/v1/teams");

export function fullName(person: { first_name: string; last_name: string }): string {
  return `${person.first_name} ${person.last_name}`;
}

export function personChoice(person: Schemas["UserReference"]): Choice {
  return { id: person.id, title: fullName(person), subtitle: person.email };
}

export function teamChoice(team: Schemas["TeamReference"]): Choice {
  return { id: team.id, title: team.name };
}

/** Finds those whose name has what was typed; the first few of them. */
function finder<T>({ list }: Pick<Resource<T, never>, "list">, sort: string, choice: (item: T) => Choice): Find {
  return async (q, signal) => (await list({ sort, include_total: "false", ...(q && { q }) }, signal)).items.map(choice);
}

export const findPeople = finder(users, "last_name", personChoice);
export const findTeams = finder(teams, "name", teamChoice);
export const personOf = async (id: string) => personChoice((await users.get(id)).data);
export const teamOf = async (id: string) => teamChoice((await teams.get(id)).data);

/** When a record was made, as a column. */
export const createdColumn = () => ({
  key: "created_at",
  title: t.value.fields.created_at,
  sort: "created_at",
  show: (item: { created_at: string }) => moment(item.created_at),
});

type Event = Schemas["EventOutput"];

/** What was done, in words; one that a newer service tells of is shown as it is called. */
export function actionOf({ action }: Pick<Event, "action">): string {
  const words: Record<string, string> = t.value.actions;
  return words[action] ?? action;
}

/** The name that an event gives to what it is about; most say it when something is added, deleted or called anew. */
export function subjectOf({ changes }: Pick<Event, "changes">): string {
  const said = (name: string) => [changes[name] ?? []].flat().findLast((value) => typeof value === "string") ?? "";
  return said("name") || `${said("first_name")} ${said("last_name")}`.trim();
}
