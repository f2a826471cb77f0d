import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { CURRENT_FAMILIES, familyOf, splitType } from './data/instance-families.ts';
import { INSTANCE, typeAndSystem, unmanageable } from './instances.ts';
import {
  cheapest,
  currentShape,
  fits,
  loadOf,
  RESIZE_OPERATIONS,
  RESIZE_PERMISSIONS,
  resizeFinding,
  shapesOf,
  SIZING_METRICS,
} from './sizing.ts';

export const rule: Rule = {
  id: 'aws-ec2-cross-family',
  provider: 'aws',
  resourceType: INSTANCE,
  category: 'rightsize',
  title: words('EC2 instance fits a cheaper family', 'Instância EC2 cabe em uma família mais barata'),
  criterion: words(
    'Needed vCPU and memory × 1.5, network and disk fit a cheaper type of another family of the same architecture (14 days; memory must be measured).',
    'vCPU e memória necessárias × 1,5, rede e disco cabem em um tipo mais barato de outra família da mesma arquitetura (14 dias; a memória precisa ser medida).',
  ),
  remedy: words(
    'Stop, change to the type of the other family, start. Check drivers (ENA, NVMe) when leaving an old family.',
    'Pare, mude para o tipo da outra família e inicie. Verifique os drivers (ENA, NVMe) ao sair de uma família antiga.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    safety: parameter('Safety factor', 'Fator de segurança', 'factor', [1.5, 1, 3]),
  },
  metrics: SIZING_METRICS,
  lookbackDays: 30,
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
    const shape = currentShape(instance, sold.type);
    if (isSkip(shape)) return shape;
    if (!family) return skip('unknown_size', sold.type);
    const days = facts.parameter('days');
    if (ageDays(instance, facts.now) < days) return skip('too_young', `${days} days`);
    const load = loadOf(instance, shape, facts, days);
    if (isSkip(load)) return load;
    // Without memory figures another ratio of CPU to memory is a guess.
    if (load.memoryGiB === undefined) return skip('no_metrics', 'memory_utilization');
    const safety = facts.parameter('safety');
    const [own] = splitType(sold.type);
    const candidates = CURRENT_FAMILIES[family.arch]
      .filter((name) => name !== own)
      .flatMap((name) => shapesOf(name).find((candidate) => fits(shape, load, candidate, safety)) ?? []);
    const target = cheapest(facts, instance.region, sold.os, sold.type, candidates);
    if (!target) return CLEAR;
    return isSkip(target) ? target : resizeFinding(facts, instance, shape, load, target);
  },
};
