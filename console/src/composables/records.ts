import { api, call, type Schemas } from "../api/client";
import type { Choice } from "../components/RecordPicker.vue";
import { t } from "../i18n";

const AT_MOST = 20;

export function fullName(person: { first_name: string; last_name: string }): string {
  return `${person.first_name} ${person.last_name}`;
}

export function personChoice(person: Schemas["UserReference"]): Choice {
  return { id: person.id, title: fullName(person), subtitle: person.email };
}

export async function findPeople(q: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { limit: AT_MOST, sort: "last_name" as const, ...(q && { q }) };
  return (await call(api.GET("/v1/users", { params: { query }, signal }))).items.map(personChoice);
}

export function teamChoice(team: Schemas["TeamReference"]): Choice {
  return { id: team.id, title: team.name };
}

export async function findTeams(q: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { limit: AT_MOST, sort: "name" as const, ...(q && { q }) };
  return (await call(api.GET("/v1/teams", { params: { query }, signal }))).items.map(teamChoice);
}

export async function personOf(id: string): Promise<Choice> {
  return personChoice(await call(api.GET("/v1/users/{user_id}", { params: { path: { user_id: id } } })));
}

export async function teamOf(id: string): Promise<Choice> {
  return teamChoice(await call(api.GET("/v1/teams/{team_id}", { params: { path: { team_id: id } } })));
}

type Event = Schemas["EventOutput"];

/** What was done, in words; one that a newer service tells of is shown as it is called. */
export function actionOf({ action }: Pick<Event, "action">): string {
  const words: Record<string, string> = t.value.actions;
  return words[action] ?? action;
}

/** The name that an event gives to what it is about; most say it when something is added, deleted or called anew. */
export function subjectOf({ changes }: Pick<Event, "changes">): string {
  const said = (name: string) => [changes[name] ?? []].flat().findLast((value) => typeof value === "string") ?? "";
  return said("name") || [said("first_name"), said("last_name")].join(" ").trim();
}

export function kindOf({ resource }: Pick<Event, "resource">): string {
  const words: Record<string, string> = t.value.kinds;
  return words[resource.type] ?? resource.type;
}
