/** An IAM policy document in its stored form. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

/** One statement of an IAM policy. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, ConditionValue>>>>;
}

type ConditionValue = string | boolean | number | readonly string[];

/** What is asked of a policy. `context` holds condition keys in lower case, e.g. `aws:requestedregion`. */
export interface AccessQuery {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | undefined>>;
}

export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

const globs = new Map<string, RegExp>();
const MAX_GLOBS = 5_000;

/** Matches an IAM wildcard pattern: `*` any text, `?` one character. */
export function matchesGlob(pattern: string, text: string, ignoreCase = false): boolean {
  if (pattern === '*') return true;
  const key = ignoreCase ? `i:${pattern}` : pattern;
  let regex = globs.get(key);
  if (!regex) {
    if (globs.size >= MAX_GLOBS) globs.clear();
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[\\s\\S]*')
      .replaceAll('?', '[\\s\\S]');
    regex = new RegExp(`^${source}$`, ignoreCase ? 'i' : '');
    globs.set(key, regex);
  }
  return regex.test(text);
}

function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function matchesAny(patterns: readonly string[], text: string, ignoreCase: boolean): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, text, ignoreCase));
}

function holdsOperator(operator: string, actual: string | undefined, expected: readonly string[]): boolean {
  const ifExists = operator.endsWith('IfExists');
  const name = ifExists ? operator.slice(0, -'IfExists'.length) : operator;
  if (name === 'Null') return expected.includes(String(actual === undefined));
  if (actual === undefined) return ifExists || name.includes('Not');
  switch (name) {
    case 'StringEquals':
    case 'Bool':
      return expected.includes(actual);
    case 'StringNotEquals':
      return !expected.includes(actual);
    case 'StringEqualsIgnoreCase':
      return expected.some((v) => v.toLowerCase() === actual.toLowerCase());
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return matchesAny(expected, actual, false);
    case 'StringNotLike':
    case 'ArnNotLike':
      return !matchesAny(expected, actual, false);
    default:
      // An operator this evaluator does not know never holds, so an Allow stays closed.
      return false;
  }
}

function holdsConditions(statement: PolicyStatement, query: AccessQuery): boolean {
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, value] of Object.entries(keys)) {
      const expected = asList(value as string | readonly string[]).map(String);
      if (!holdsOperator(operator, query.context[key.toLowerCase()], expected)) return false;
    }
  }
  return true;
}

function applies(statement: PolicyStatement, query: AccessQuery): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  if (Action !== undefined && !matchesAny(asList(Action), query.action, true)) return false;
  if (NotAction !== undefined && matchesAny(asList(NotAction), query.action, true)) return false;
  if (Action === undefined && NotAction === undefined) return false;
  if (Resource !== undefined && !matchesAny(asList(Resource), query.resource, false)) return false;
  if (NotResource !== undefined && matchesAny(asList(NotResource), query.resource, false)) return false;
  return holdsConditions(statement, query);
}

/** Evaluates identity policies as IAM does: an explicit deny wins, then any allow, else implicit deny. */
export function evaluate(documents: readonly PolicyDocument[], query: AccessQuery): Decision {
  let decision: Decision = 'implicitDeny';
  for (const document of documents) {
    for (const statement of asList(document.Statement)) {
      if (!applies(statement, query)) continue;
      if (statement.Effect === 'Deny') return 'explicitDeny';
      decision = 'allowed';
    }
  }
  return decision;
}

/**
 * Evaluates a role's trust policy for a caller.
 * @param callerArns the ARNs the caller answers to: its own, its account root, its role.
 */
export function trusts(document: PolicyDocument, callerArns: readonly string[], query: AccessQuery): boolean {
  let allowed = false;
  for (const statement of asList(document.Statement)) {
    const principals = statement.Principal === '*' ? ['*'] : asList(statement.Principal?.['AWS']);
    const named = principals.some(
      (p) => p === '*' || callerArns.includes(p) || callerArns.includes(accountRoot(p)),
    );
    if (!named || !matchesAny(asList(statement.Action), query.action, true)) continue;
    if (!holdsConditions(statement, query)) continue;
    if (statement.Effect === 'Deny') return false;
    allowed = true;
  }
  return allowed;
}

function accountRoot(principal: string): string {
  return /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal;
}
