/** An IPv4 block; `base` is the first address as an unsigned 32-bit number. */
export interface Cidr {
  readonly base: number;
  readonly prefix: number;
}

function size(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** Reads `a.b.c.d/n`; undefined when it is no block or has bits set behind the prefix (RFC 4632). */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const numbers = match.slice(1).map(Number);
  const prefix = numbers[4] ?? 33;
  const octets = numbers.slice(0, 4);
  if (prefix > 32 || octets.some((o) => o > 255)) return undefined;
  const base = octets.reduce((value, octet) => value * 256 + octet, 0);
  return base % size(prefix) === 0 ? { base, prefix } : undefined;
}

/** `a.b.c.d/n` */
export function writeCidr({ base, prefix }: Cidr): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.')}/${prefix}`;
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return (
    inner.prefix >= outer.prefix &&
    inner.base >= outer.base &&
    inner.base + size(inner.prefix) <= outer.base + size(outer.prefix)
  );
}

export function overlap(a: Cidr, b: Cidr): boolean {
  return a.base < b.base + size(b.prefix) && b.base < a.base + size(a.prefix);
}

/** Divides a block into equal parts, as large as `count` of them allow, at most /20 and at least /28; undefined when they don't fit. */
export function divide(block: Cidr, count: number): Cidr[] | undefined {
  const prefix = Math.max(block.prefix + Math.ceil(Math.log2(Math.max(1, count))), 20);
  if (prefix > 28) return undefined;
  return Array.from({ length: count }, (_, i) => ({ base: block.base + i * size(prefix), prefix }));
}

/** Blocks of private networks (RFC 1918) and of carriers (RFC 6598); a VPC outside them hides a part of the internet. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']
  .map((text) => parseCidr(text))
  .filter((c) => c !== undefined);

export function isPrivate(block: Cidr): boolean {
  return PRIVATE.some((outer) => contains(outer, block));
}
