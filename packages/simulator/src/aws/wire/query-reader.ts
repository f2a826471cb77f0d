import { MalformedRequest } from './aws-error.ts';
import { parseScalar } from './scalars.ts';
import type { Member, Shape } from './shapes.ts';

/** Form fields as a tree: `Filter.1.Name=x` is `Filter → 1 → Name`. */
interface FormNode {
  text?: string;
  children?: Map<string, FormNode>;
}

/** The two dialects of form requests; they name keys and nest lists differently. */
export type QueryDialect = 'ec2Query' | 'awsQuery';

const MAX_FIELDS = 100_000;

function buildTree(form: URLSearchParams): FormNode {
  const root: FormNode = {};
  let count = 0;
  for (const [key, text] of form) {
    if (++count > MAX_FIELDS) throw new MalformedRequest('too many form fields');
    let node = root;
    for (const part of key.split('.')) {
      node.children ??= new Map();
      let next = node.children.get(part);
      if (!next) node.children.set(part, (next = {}));
      node = next;
    }
    node.text = text;
  }
  return root;
}

function capitalise(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function keyOf(member: Member, dialect: QueryDialect): string {
  const { traits } = member;
  if (dialect === 'awsQuery') return traits.xmlName ?? member.name;
  return traits.ec2QueryName ?? capitalise(traits.xmlName ?? member.name);
}

function numbered(node: FormNode | undefined): FormNode[] {
  if (!node?.children) return [];
  return [...node.children]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}

function readList(member: Member, node: FormNode, dialect: QueryDialect): unknown[] {
  const item = member.shape.item;
  if (!item) return [];
  const flat = dialect === 'ec2Query' || member.traits.xmlFlattened !== undefined;
  const holder = flat ? node : node.children?.get(item.traits.xmlName ?? 'member');
  return numbered(holder).map((child) => readValue(item, child, dialect));
}

function readMap(member: Member, node: FormNode, dialect: QueryDialect): Record<string, unknown> {
  const { key, value } = member.shape;
  const result: Record<string, unknown> = {};
  if (!key || !value) return result;
  const holder = member.traits.xmlFlattened !== undefined ? node : node.children?.get('entry');
  for (const entry of numbered(holder)) {
    const name = entry.children?.get(key.traits.xmlName ?? 'key')?.text;
    const child = entry.children?.get(value.traits.xmlName ?? 'value');
    if (name !== undefined && child) result[name] = readValue(value, child, dialect);
  }
  return result;
}

function readValue(member: Member, node: FormNode, dialect: QueryDialect): unknown {
  switch (member.shape.kind) {
    case 'struct':
    case 'union':
      return readStruct(member.shape, node, dialect);
    case 'list':
      return readList(member, node, dialect);
    case 'map':
      return readMap(member, node, dialect);
    default:
      return parseScalar(member.shape, node.text ?? '');
  }
}

function readStruct(shape: Shape, node: FormNode, dialect: QueryDialect): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  if (!node.children) return result;
  for (const member of shape.members) {
    const child = node.children.get(keyOf(member, dialect));
    if (child) result[member.name] = readValue(member, child, dialect);
  }
  return result;
}

/**
 * Reads the fields of a form request into the operation's input structure. Absent members stay absent.
 * @throws MalformedRequest when a field does not fit its type.
 */
export function readForm(
  shape: Shape,
  form: URLSearchParams,
  dialect: QueryDialect,
): Record<string, unknown> {
  if (shape.kind !== 'struct') return {};
  return readStruct(shape, buildTree(form), dialect);
}
