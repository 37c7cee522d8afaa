import { LIMITS } from "./api/limits";
import type { Messages } from "./i18n";

type Bodies = typeof LIMITS;
type Limit = { required: boolean; minLength?: number; maxLength: number; pattern?: string };
export type Rule = (value: string | null | undefined) => true | string;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const ADDRESS = /^https?:\/\/[^\s?#@\\]+$/i;
const MASK = /^[*•]+$|^[*•]{3}/;

/** Returns the checks that the server makes of a text field, from its own limits. */
export function rules<B extends keyof Bodies>(
  body: B,
  field: keyof Bodies[B] & string,
  t: Messages,
  required = (LIMITS[body][field] as Limit).required,
): Rule[] {
  const limit = LIMITS[body][field] as Limit;
  const text = field === "token" ? (value: string) => value : (value: string) => value.trim();
  const checks: Rule[] = [
    (value) => !required || text(value ?? "") !== "" || t.fieldErrors.missing,
    (value) => [...text(value ?? "")].length <= limit.maxLength || t.tooLong(limit.maxLength),
  ];
  if (field === "token") checks.push((value) => !value || !MASK.test(value) || t.fieldErrors.masked_token);
  if (limit.pattern) {
    const pattern = new RegExp(limit.pattern, "u");
    const message = field === "token" ? t.fieldErrors.token_characters : t.fieldErrors.string_pattern_mismatch;
    checks.push((value) => !value || pattern.test(text(value)) || message);
  }
  if (field === "email") checks.push((value) => !value || EMAIL.test(text(value)) || t.fieldErrors.email);
  if (field === "base_url") {
    checks.push((value) => !/[{}]/.test(value ?? "") || t.fieldErrors.braces);
    checks.push((value) => !value || ADDRESS.test(value) || t.fieldErrors.address);
  }
  if (field === "path") checks.push((value) => !value || value.startsWith("/") || t.fieldErrors.path);
  return checks;
}
