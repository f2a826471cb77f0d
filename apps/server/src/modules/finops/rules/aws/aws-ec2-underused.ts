import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { splitType, typesOf } from './data/instance-families.ts';
import { INSTANCE, typeAndSystem, unmanageable } from './instances.ts';
import {
  cheapest,
  currentShape,
  fits,
  loadOf,
  RESIZE_OPERATIONS,
  RESIZE_PERMISSIONS,
  resizeFinding,
  shapeOf,
  SIZING_METRICS,
} from './sizing.ts';

/** Prices are asked for this many of the smallest sizes that fit: larger ones of a family cost more. */
const CANDIDATES = 3;

export const rule: Rule = {
  id: 'aws-ec2-underused',
  provider: 'aws',
  resourceType: INSTANCE,
  category: 'rightsize',
  title: words('Underused EC2 instance', 'Instância EC2 subutilizada'),
  criterion: words(
    'CPU at most 40 % in 99 % of the hours of 14 days, and a smaller size of the family carries CPU, memory, network and disk: vCPU × p99 ÷ 80.',
    'CPU de no máximo 40 % em 99 % das horas de 14 dias, e um tamanho menor da família suporta CPU, memória, rede e disco: vCPU × p99 ÷ 80.',
  ),
  remedy: words(
    'Stop, change the type, start. Undo changes it back the same way.',
    'Pare, altere o tipo e inicie. Desfazer volta ao tipo anterior da mesma forma.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    cpu: parameter('CPU (p99) at most', 'CPU (p99) no máximo', 'percent', [40, 5, 70]),
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
    const shape = currentShape(instance, sold.type);
    if (isSkip(shape)) return shape;
    const days = facts.parameter('days');
    if (ageDays(instance, facts.now) < days) return skip('too_young', `${days} days`);
    const load = loadOf(instance, shape, facts, days);
    if (isSkip(load)) return load;
    if (load.cpuP99 > facts.parameter('cpu')) return CLEAR;
    const candidates = typesOf(splitType(sold.type)[0])
      .flatMap((type) => shapeOf(type) ?? [])
      .filter(
        (c) =>
          c.memoryGiB <= shape.memoryGiB &&
          c.cpus <= shape.cpus &&
          c.type !== shape.type &&
          fits(shape, load, c),
      )
      .slice(0, CANDIDATES);
    const target = cheapest(facts, instance.region, sold.os, sold.type, candidates);
    if (!target) return CLEAR;
    return isSkip(target) ? target : resizeFinding(facts, instance, shape, load, target);
  },
};
