import type { RuleResource } from '../rule.ts';

const KEYS = /^(env|environment|stage|ambiente)$/i;
const PRODUCTION = /^(p|prd|prod|production|producao|produção|live)$/i;

/** What the environment tag says; undefined without one. */
export function environmentOf(
  resource: RuleResource,
): { readonly value: string; readonly production: boolean } | undefined {
  const tag = Object.entries(resource.tags).find(([key, value]) => KEYS.test(key) && value.trim() !== '');
  return tag && { value: tag[1], production: PRODUCTION.test(tag[1].trim()) };
}
