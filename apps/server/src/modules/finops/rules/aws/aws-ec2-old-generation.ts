import type { Rule } from '../rule.ts';
import { found } from '../shared/finding.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { familyOf, splitType, typesOf } from './data/instance-families.ts';
import { INSTANCE, typeAndSystem, unmanageable } from './instances.ts';
import {
  cheapest,
  currentShape,
  RESIZE_OPERATIONS,
  RESIZE_PERMISSIONS,
  resizeTo,
  shapeOf,
  shapeSpec,
} from './sizing.ts';

export const rule: Rule = {
  id: 'aws-ec2-old-generation',
  provider: 'aws',
  resourceType: INSTANCE,
  category: 'modernize',
  title: words('EC2 instance of an older generation', 'Instância EC2 de geração antiga'),
  criterion: words(
    'A newer generation with the same vCPU and at least the same memory costs less in the region.',
    'Uma geração mais nova com a mesma vCPU e pelo menos a mesma memória custa menos na região.',
  ),
  remedy: words(
    'Stop, change the type, start. Types before the fifth generation need the ENA and NVMe drivers first.',
    'Pare, altere o tipo e inicie. Tipos anteriores à quinta geração precisam antes dos drivers ENA e NVMe.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M2',
  confidence: 'medium',
  effort: 'medium',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: RESIZE_OPERATIONS,
  permissions: RESIZE_PERMISSIONS,
  examine(instance, facts) {
    if (instance.state !== 'running') return CLEAR;
    const managed = unmanageable(instance);
    if (managed) return managed;
    const sold = typeAndSystem(instance);
    if (isSkip(sold)) return sold;
    const family = familyOf(sold.type);
    if (!family) return skip('unknown_size', sold.type);
    if (family.newer.length === 0) return CLEAR;
    const shape = currentShape(instance, sold.type);
    if (isSkip(shape)) return shape;
    const [, size] = splitType(sold.type);
    const candidates = family.newer
      .map((name) => `${name}.${size}`)
      .filter((type) => typesOf(splitType(type)[0]).includes(type))
      .flatMap((type) => shapeOf(type) ?? [])
      .filter((c) => c.cpus >= shape.cpus && c.memoryGiB >= shape.memoryGiB);
    const target = cheapest(facts, instance.region, sold.os, sold.type, candidates);
    if (!target) return CLEAR;
    if (isSkip(target)) return target;
    const next = target.shape.type;
    return found(priceRatio(facts, instance, target), {
      why: local(
        (f) =>
          `${sold.type} is of an older generation; ${next} is newer, no smaller and costs ${f.exact(target.next)} instead of ${f.exact(target.now)} an hour.`,
        (f) =>
          `${sold.type} é de uma geração mais antiga; ${next} é mais nova, não é menor e custa ${f.exact(target.next)} em vez de ${f.exact(target.now)} por hora.`,
      ),
      current: shapeSpec(shape),
      recommended: shapeSpec(target.shape),
      action: resizeTo(next),
    });
  },
};
