/** Writes what the console takes from the API's document: types, codes and limits. With --check, compares. */
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const SOURCE = new URL("../docs/openapi/v1.2.json", import.meta.url);
const HEAD = "// Generated from docs/openapi by `npm run generate`.\n";

const document = JSON.parse(await readFile(SOURCE, "utf8"));
const { schemas } = document.components;

/** The codes of problems that any call may be refused with, but for those that no call names. */
function codes() {
  const found = new Set(["not_found", "method_not_allowed"]);
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  for (const response of operations.flatMap((operation) => Object.values(operation.responses))) {
    const examples = response.content?.["application/problem+json"]?.examples ?? {};
    for (const code of Object.keys(examples)) found.add(code);
  }
  return [...found].sort();
}

/** What a text field of a body has to be: the keywords of its schema. */
function limits() {
  const bodies = Object.entries(schemas).filter(([, schema]) => schema.additionalProperties === false);
  return Object.fromEntries(bodies.map(([name, schema]) => [name, fields(schema)]));
}

function fields({ properties, required = [] }) {
  const texts = Object.entries(properties)
    .map(([name, field]) => [name, field.anyOf?.find(({ maxLength }) => maxLength) ?? field])
    .filter(([, field]) => field.maxLength);
  return Object.fromEntries(
    texts.map(([name, { minLength, maxLength, pattern }]) => [
      name,
      { required: required.includes(name), minLength, maxLength, pattern },
    ]),
  );
}

const files = {
  "schema.ts": HEAD + astToString(await openapiTS(document)),
  "limits.ts":
    HEAD +
    `export const CODES = ${JSON.stringify(codes(), null, 2)} as const;\n` +
    `export const SCOPES = ${JSON.stringify(schemas.AccessScope.enum, null, 2)} as const;\n` +
    `export const LIMITS = ${JSON.stringify(limits(), null, 2)} as const;\n`,
};

for (const [name, text] of Object.entries(files)) {
  const file = new URL(`src/api/${name}`, import.meta.url);
  if (!process.argv.includes("--check")) await writeFile(file, text);
  else if (text !== (await readFile(file, "utf8"))) {
    console.error(`console/src/api/${name} is not what docs/openapi says. Run: make openapi`);
    process.exit(1);
  }
}
