/** Reads source text for translation keys and for text that should have been one. Used by tests only. */
import { parseAst } from 'vite';

interface Node {
  type: string;
  [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

/** Visits every node, parents first. */
function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit);
  }
}

function parse(file: string, text: string): Node {
  return parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node;
}

function stringOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string'
    ? node['value']
    : undefined;
}

/** A template such as `role.${role}` as a pattern over whole keys. */
function patternOf(node: Node, namespace: string | undefined): RegExp | undefined {
  const parts = (node['quasis'] as Node[]).map((part) => (part['value'] as { raw: string }).raw);
  const head = parts[0] ?? '';
  const prefix = head.includes(':') ? '' : namespace === undefined ? undefined : `${namespace}:`;
  if (prefix === undefined || (prefix === '' && head === '')) return undefined;
  const escaped = parts.map((part) => part.replaceAll(/[.*+?^$()[\]\\|]/g, String.raw`\$&`));
  return new RegExp(`^${prefix}${escaped.join('[^:]*')}$`);
}

const namespacedKey = /^[a-z][a-z-]*:[a-zA-Z][\w.]*$/;

/**
 * Keys a file uses, with their namespace: arguments of `t(...)` and `translate(...)`, and any string that looks
 * like `namespace:key`. Constructed keys come as patterns.
 */
export function findUsedKeys(file: string, text: string): { keys: string[]; patterns: RegExp[] } {
  const keys: string[] = [];
  const patterns: RegExp[] = [];
  const program = parse(file, text);
  const namespaces = new Set<string>();
  walk(program, (node) => {
    const callee = node['callee'];
    if (node.type !== 'CallExpression' || !isNode(callee) || callee['name'] !== 'useT') return;
    const namespace = stringOf((node['arguments'] as unknown[])[0]);
    if (namespace !== undefined) namespaces.add(namespace);
  });
  if (namespaces.size > 1)
    throw new Error(`${file} uses several namespaces; write the others as namespace:key`);
  const [namespace] = namespaces;
  const take = (argument: unknown): void => {
    if (!isNode(argument)) return;
    const key = stringOf(argument);
    if (key !== undefined)
      keys.push(key.includes(':') || namespace === undefined ? key : `${namespace}:${key}`);
    else if (argument.type === 'TemplateLiteral') {
      const pattern = patternOf(argument, namespace);
      if (pattern !== undefined) patterns.push(pattern);
    } else if (argument.type === 'ConditionalExpression') {
      take(argument['consequent']);
      take(argument['alternate']);
    }
  };
  const inCalls = new Set<unknown>();
  walk(program, (node) => {
    const callee = node['callee'];
    if (
      node.type === 'CallExpression' &&
      isNode(callee) &&
      ['t', 'translate'].includes(String(callee['name']))
    ) {
      const argument = (node['arguments'] as unknown[])[0];
      inCalls.add(argument);
      take(argument);
    }
  });
  walk(program, (node) => {
    const value = stringOf(node);
    const looksLikeKey =
      value !== undefined && namespacedKey.test(value) && knownNamespaces.has(value.split(':')[0] ?? '');
    if (looksLikeKey && !inCalls.has(node)) keys.push(value);
    // A key built outside the call, such as a list of candidates.
    if (node.type === 'TemplateLiteral' && !inCalls.has(node)) {
      const head = ((node['quasis'] as Node[])[0]?.['value'] as { raw: string } | undefined)?.raw ?? '';
      if (knownNamespaces.has(head.split(':')[0] ?? '') && head.includes(':')) {
        const pattern = patternOf(node, undefined);
        if (pattern !== undefined) patterns.push(pattern);
      }
    }
  });
  return { keys, patterns };
}

/** Namespaces a string outside `t(...)` may name. Permissions such as `audit:read` look alike; those have a verb. */
const knownNamespaces = new Set(['shell', 'ui', 'errors']);

const spokenAttributes = new Set([
  'title',
  'label',
  'placeholder',
  'alt',
  'aria-label',
  'description',
  'help',
]);
const hasLetters = /\p{L}{2,}/u;
/** The product's own name is the same in every language. */
const allowed = new Set(['CloudAtlas']);

/** Text between tags and in attributes that people read. */
export function findBakedText(file: string, text: string): string[] {
  if (!file.endsWith('x')) return [];
  const found: string[] = [];
  walk(parse(file, text), (node) => {
    if (node.type === 'JSXText') {
      const words = String(node['value']).trim();
      if (hasLetters.test(words) && !allowed.has(words)) found.push(words);
    }
    if (
      node.type === 'JSXAttribute' &&
      isNode(node['name']) &&
      spokenAttributes.has(String(node['name']['name']))
    ) {
      const value = stringOf(node['value']);
      if (value !== undefined && hasLetters.test(value))
        found.push(`${String(node['name']['name'])}="${value}"`);
    }
  });
  return found;
}
