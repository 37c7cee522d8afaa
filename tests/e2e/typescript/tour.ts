// The tour of the README. Every path, field and answer here is checked by the compiler against the OpenAPI document.
import { deepStrictEqual as equal, ok } from "node:assert";
import { env } from "node:process";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.ts";

const api = createClient<paths>({
  baseUrl: env["REMUNER"] ?? "",
  headers: { Authorization: `Bearer ${env["KEY"] ?? ""}` },
});

const { data: team, response: made } = await api.POST("/v1/teams", { body: { name: "Sales EMEA" } });
ok(team);
equal(made.headers.get("Location"), `/v1/teams/${team.id}`);

const { data: ada } = await api.POST("/v1/users", {
  body: { first_name: "Ada", last_name: "Lovelace", email: "ada@example.com", team_ids: [team.id] },
});
ok(ada);
equal(ada.teams, [{ id: team.id, name: "Sales EMEA" }]);

const { data: hubspot } = await api.POST("/v1/integrations", {
  body: { name: "HubSpot", user_id: ada.id, token: "pat-eu1-made-up" },
});
ok(hubspot);
const integration = { params: { path: { integration_id: hubspot.id } } };
const replaced = await api.PATCH("/v1/integrations/{integration_id}", {
  ...integration,
  body: { token: "pat-eu1-made-up-too" },
});
equal(replaced.data?.token_version, 2);
ok(!("token" in hubspot));

const user = { params: { path: { user_id: ada.id } } };
const refused = await api.DELETE("/v1/users/{user_id}", user);
ok(refused.error?.code === "user_has_active_integrations");
equal(refused.error.integration_ids, [hubspot.id]);

const grace = await api.POST("/v1/users", {
  body: { first_name: "Grace", last_name: "Hopper", email: "grace@example.com", status: "pending" },
});
ok(grace.data);
const moved = await api.POST("/v1/users/{user_id}/reassign-integrations", { ...user, body: { to_user_id: grace.data.id } });
equal(moved.data, { count: 1 });
const stale = await api.DELETE("/v1/users/{user_id}", {
  params: { ...user.params, header: { "If-Match": '"99.0"' } },
});
ok(stale.error?.code === "precondition_failed");
equal((await api.DELETE("/v1/users/{user_id}", user)).response.status, 204);

const people: components["schemas"]["UserOutput"][] = [];
let cursor: string | null = null;
do {
  const query: { limit: number; sort: "-last_name"; cursor?: string } = { limit: 1, sort: "-last_name" };
  const page: { data?: components["schemas"]["UserPage"] } = await api.GET("/v1/users", {
    params: { query: cursor === null ? query : { ...query, cursor } },
  });
  ok(page.data);
  people.push(...page.data.items);
  cursor = page.data.next_cursor;
} while (cursor !== null);
equal(people.map(({ email, integrations }) => [email, integrations.length]), [["grace@example.com", 1]]);
equal((await api.GET("/v1/users/stats")).data, { total: 1, active: 0, pending: 1, inactive: 0 });

const invalid = await api.POST("/v1/users", {
  body: { first_name: "", last_name: "Example", email: "nobody" },
});
ok(invalid.error?.code === "validation_error");
equal(invalid.error.errors?.map(({ pointer }) => pointer), ["/first_name", "/email"]);
