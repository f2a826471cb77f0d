import { formatScalar } from './scalars.ts';
import type { Member, Shape } from './shapes.ts';

const NEEDS_ESCAPE = /[&<>"\r\u0085\u2028]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\u0085': '&#x85;',
  '\u2028': '&#x2028;',
};

/** Escapes text for element content and attribute values; drops characters XML 1.0 can't hold. */
export function escapeXml(text: string): string {
  // oxlint-disable-next-line no-control-regex -- exactly these characters are forbidden in XML 1.0
  const clean = text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '');
  return NEEDS_ESCAPE.test(clean) ? clean.replace(/[&<>"\r\u0085\u2028]/g, (c) => ESCAPES[c] ?? c) : clean;
}

function namespaceOf(member: Member): string {
  const namespace = member.traits.xmlNamespace;
  if (!namespace) return '';
  // The SDK's traits hold [prefix, uri]; an empty prefix is the default namespace.
  const [prefix, uri] = namespace;
  return ` xmlns${prefix ? `:${prefix}` : ''}="${escapeXml(uri)}"`;
}

function writeElement(member: Member, tag: string, value: unknown): string {
  const { shape } = member;
  switch (shape.kind) {
    case 'struct':
    case 'union': {
      const attributes = namespaceOf(member) + writeAttributes(shape, value);
      return `<${tag}${attributes}>${writeMembers(shape, value)}</${tag}>`;
    }
    case 'list':
      return `<${tag}>${writeItems(member, value, member.shape.item?.traits.xmlName ?? 'member')}</${tag}>`;
    case 'map':
      return `<${tag}>${writeEntries(member, value, 'entry')}</${tag}>`;
    default:
      return `<${tag}>${escapeXml(formatScalar(shape, value))}</${tag}>`;
  }
}

function writeItems(member: Member, value: unknown, tag: string): string {
  const item = member.shape.item;
  if (!item || !Array.isArray(value)) return '';
  let xml = '';
  for (const element of value as unknown[]) {
    if (element !== undefined && element !== null) xml += writeElement(item, tag, element);
  }
  return xml;
}

function writeEntries(member: Member, value: unknown, tag: string): string {
  const { key, value: target } = member.shape;
  if (!key || !target || typeof value !== 'object' || value === null) return '';
  let xml = '';
  for (const [name, element] of Object.entries(value)) {
    if (element === undefined || element === null) continue;
    const keyTag = key.traits.xmlName ?? 'key';
    xml += `<${tag}><${keyTag}>${escapeXml(name)}</${keyTag}>`;
    xml += `${writeElement(target, target.traits.xmlName ?? 'value', element)}</${tag}>`;
  }
  return xml;
}

function writeAttributes(shape: Shape, value: unknown): string {
  let xml = '';
  for (const member of shape.members) {
    if (!member.traits.xmlAttribute) continue;
    const attribute = (value as Record<string, unknown>)[member.name];
    if (attribute === undefined || attribute === null) continue;
    xml += ` ${member.traits.xmlName ?? member.name}="${escapeXml(formatScalar(member.shape, attribute))}"`;
  }
  return xml;
}

/**
 * Writes the members of a structure as XML elements in model order, without an outer element.
 * Undefined and null members are left out; empty lists become empty elements (absent when flattened).
 * @param only restricts the members written, e.g. to those not bound to headers.
 */
export function writeMembers(shape: Shape, value: unknown, only?: (member: Member) => boolean): string {
  if (typeof value !== 'object' || value === null) return '';
  const fields = value as Record<string, unknown>;
  let xml = '';
  for (const member of shape.members) {
    const field = fields[member.name];
    if (field === undefined || field === null || member.traits.xmlAttribute || (only && !only(member)))
      continue;
    const tag = member.traits.xmlName ?? member.name;
    if (member.traits.xmlFlattened && member.shape.kind === 'list') xml += writeItems(member, field, tag);
    else if (member.traits.xmlFlattened && member.shape.kind === 'map')
      xml += writeEntries(member, field, tag);
    else xml += writeElement(member, tag, field);
  }
  return xml;
}

/** Writes a structure as a whole document under `tag`, in namespace `xmlNamespace` when not empty. */
export function writeDocument(
  shape: Shape,
  value: unknown,
  tag: string,
  xmlNamespace: string,
  only?: (member: Member) => boolean,
): string {
  const namespace = xmlNamespace ? ` xmlns="${escapeXml(xmlNamespace)}"` : '';
  const attributes = writeAttributes(shape, value);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${tag}${namespace}${attributes}>${writeMembers(shape, value, only)}</${tag}>`;
}
