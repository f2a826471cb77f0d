import type { Facts, Rule, RuleResource, Verdict } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { quantityTimes, total } from '../shared/money.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { creditBaseline, splitType, typesOf } from './data/instance-families.ts';
import { LIST_PRICES } from './data/list-prices.ts';
import { INSTANCE, typeAndSystem, unmanageable } from './instances.ts';
import {
  cheapest,
  currentShape,
  fits,
  loadOf,
  RESIZE_OPERATIONS,
  RESIZE_PERMISSIONS,
  resizeFinding,
  resizeTo,
  shapeOf,
  shapeSpec,
  SIZING_METRICS,
  type Shape,
} from './sizing.ts';

/** One CPU credit is a vCPU for a minute. */
const MINUTES = 60;
/** Steady families a machine that always bursts belongs on. */
const STEADY = ['m6a', 'm6i', 'c6a', 'c6i'];

/** Credits a machine can save up: what it earns in a day (EC2 user guide, "CPU credits"). */
function fullBalance(shape: Shape): number | undefined {
  const baseline = creditBaseline(shape.type);
  return baseline === undefined ? undefined : (baseline / 100) * shape.cpus * MINUTES * 24;
}

/** Surplus credits are charged by the vCPU-hour; a steady type may be cheaper. */
function surplus(
  instance: RuleResource,
  facts: Facts,
  shape: Shape,
  os: 'linux' | 'windows',
  days: number,
): Verdict | undefined {
  const charged = facts.metric(instance, 'cpu_surplus_credits_charged', 'sum', days);
  if (!charged || charged.sum <= 0) return undefined;
  const perHour = quantityTimes(LIST_PRICES.surplusCpuHour, charged.sum / MINUTES / (days * 24));
  const candidates = STEADY.flatMap((name) => {
    const steady = typesOf(name).flatMap((type) => shapeOf(type) ?? []);
    return steady.find((c) => c.cpus >= shape.cpus && c.memoryGiB >= shape.memoryGiB) ?? [];
  });
  const now = facts.price({ product: 'compute', region: instance.region, sku: shape.type, variant: { os } });
  if (!now) return skip('no_price', shape.type);
  const effective = total([now.price.amount, perHour]);
  const target = cheapest(facts, instance.region, os, shape.type, candidates, effective);
  if (!target) return undefined;
  if (isSkip(target)) return target;
  return found(priceRatio(facts, instance, target), {
    why: local(
      (f) =>
        `${f.n(charged.sum, 0)} surplus CPU credits were charged in ${f.days(days)}: with them an hour costs ${f.exact(effective)}, and ${target.shape.type} costs ${f.exact(target.next)} without any.`,
      (f) =>
        `${f.n(charged.sum, 0)} créditos de CPU excedentes foram cobrados em ${f.days(days)}: com eles a hora custa ${f.exact(effective)}, e ${target.shape.type} custa ${f.exact(target.next)} sem nenhum.`,
    ),
    current: shapeSpec(shape),
    recommended: shapeSpec(target.shape),
    evidence: [daily(words('Surplus credits charged', 'Créditos excedentes cobrados'), charged, 'sum')],
    action: resizeTo(target.shape.type),
  });
}

export const rule: Rule = {
  id: 'aws-ec2-burstable-misuse',
  provider: 'aws',
  resourceType: INSTANCE,
  category: 'rightsize',
  title: words('Burstable EC2 instance of the wrong size', 'Instância EC2 expansível de tamanho errado'),
  criterion: words(
    'CPU credits never leave 95 % of the full balance over 14 days, so a smaller size is enough; or surplus credits are charged and a steady type costs less.',
    'Os créditos de CPU nunca saem de 95 % do saldo cheio em 14 dias, então um tamanho menor basta; ou créditos excedentes são cobrados e um tipo fixo custa menos.',
  ),
  remedy: words('Stop, change the type, start.', 'Pare, altere o tipo e inicie.'),
  parameters: {
    days: lookback(14, 7, 30),
    full: parameter('Credits at least', 'Créditos de pelo menos', 'percent', [95, 50, 100]),
  },
  metrics: [
    ...SIZING_METRICS,
    { metric: 'cpu_credit_balance', statistic: 'minimum' },
    { metric: 'cpu_surplus_credits_charged', statistic: 'sum' },
  ],
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
    if (instance.state !== 'running' || creditBaseline(instance.size?.sku ?? '') === undefined) return CLEAR;
    const managed = unmanageable(instance);
    if (managed) return managed;
    const sold = typeAndSystem(instance);
    if (isSkip(sold)) return sold;
    const shape = currentShape(instance, sold.type);
    if (isSkip(shape)) return shape;
    const days = facts.parameter('days');
    if (ageDays(instance, facts.now) < days) return skip('too_young', `${days} days`);
    const charged = surplus(instance, facts, shape, sold.os, days);
    if (charged) return charged;
    const credits = measured(facts, instance, 'cpu_credit_balance', 'minimum', days);
    if (isSkip(credits)) return credits;
    const full = fullBalance(shape);
    if (full === undefined || credits.minimum < (full * facts.parameter('full')) / 100) return CLEAR;
    const load = loadOf(instance, shape, facts, days);
    if (isSkip(load)) return load;
    const candidates = typesOf(splitType(sold.type)[0])
      .flatMap((type) => shapeOf(type) ?? [])
      .filter((c) => c.type !== shape.type && c.memoryGiB <= shape.memoryGiB && fits(shape, load, c))
      .slice(0, 2);
    const target = cheapest(facts, instance.region, sold.os, sold.type, candidates);
    if (!target) return CLEAR;
    return isSkip(target) ? target : resizeFinding(facts, instance, shape, load, target);
  },
};
