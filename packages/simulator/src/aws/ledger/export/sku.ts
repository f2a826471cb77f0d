import { createHash } from 'node:crypto';
import type { Charge, Meter } from '../charge.ts';

const known = new WeakMap<Meter, string>();

/** The SKU of a meter: 16 characters that are the same wherever the meter appears. */
export function skuOf({ meter }: Charge): string {
  let sku = known.get(meter);
  if (sku === undefined) {
    const text = [meter.productCode, meter.usageType, meter.operation, meter.price].join('/');
    sku = createHash('sha256').update(text).digest('hex').slice(0, 16).toUpperCase();
    known.set(meter, sku);
  }
  return sku;
}
