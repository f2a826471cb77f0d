import { AwsError } from '../../wire/aws-error.ts';

/** An IPv4 block as numbers. */
export interface Cidr {
  readonly base: number;
  readonly bits: number;
}

/** A block with its host bits cleared; undefined when the text is none. */
function blockOf(text: string): (Cidr & { readonly exact: boolean }) | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || bits > 32) return undefined;
  const base = ((a * 256 + b) * 256 + c) * 256 + d;
  const rest = base % 2 ** (32 - bits);
  return { base: base - rest, bits, exact: rest === 0 };
}

/** Parses an IPv4 CIDR block; undefined when it is not one or host bits are set. */
export function parseCidr(text: string): Cidr | undefined {
  const block = blockOf(text);
  return block?.exact ? { base: block.base, bits: block.bits } : undefined;
}

/** The block as AWS writes it down. */
export function cidrText({ base, bits }: Cidr): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256);
  return `${octets.join('.')}/${bits}`;
}

/** Parses the block of a VPC or subnet: /16 to /28. Host bits are cleared (CreateVpc, CreateSubnet, API reference). */
export function needCidr(text: string | undefined, what: 'vpc' | 'subnet'): Cidr {
  const cidr = text === undefined ? undefined : blockOf(text);
  if (!cidr)
    throw new AwsError(
      'InvalidParameterValue',
      `Value (${text ?? ''}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  if (cidr.bits < 16 || cidr.bits > 28) {
    throw new AwsError(
      what === 'vpc' ? 'InvalidVpc.Range' : 'InvalidSubnet.Range',
      `The CIDR '${text}' is invalid.`,
    );
  }
  return cidr;
}

function last(cidr: Cidr): number {
  return cidr.base + 2 ** (32 - cidr.bits) - 1;
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.base <= inner.base && last(inner) <= last(outer);
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.base <= last(b) && b.base <= last(a);
}
