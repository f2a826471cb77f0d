import type { Facts, Rule, RuleResource } from '../rule.ts';
import { flagAt, textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, operations, stateSpec } from '../shared/finding.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';

const TRAIL = 'aws.cloudtrail.trail';

function logsManagement(trail: RuleResource): boolean {
  const events = textAt(trail.attributes, 'ManagementEvents');
  return trail.state === 'running' && events !== undefined && events !== 'None';
}

/** How much a trail covers: that of the organization first, then those of all regions, then the older one. */
function rank(trail: RuleResource): readonly [number, number, number, string] {
  return [
    flagAt(trail.attributes, 'IsOrganizationTrail') ? 0 : 1,
    flagAt(trail.attributes, 'IsMultiRegionTrail') ? 0 : 1,
    (trail.createdAt ?? trail.firstSeenAt).getTime(),
    trail.nativeId,
  ];
}

function before(a: RuleResource, b: RuleResource): boolean {
  const [x, y] = [rank(a), rank(b)];
  for (let i = 0; i < x.length; i++) {
    const [left, right] = [x[i], y[i]];
    if (left !== undefined && right !== undefined && left !== right) return left < right;
  }
  return false;
}

/** The first copy of management events is free; the trail that keeps it here. */
function keeper(trail: RuleResource, facts: Facts): RuleResource | undefined {
  return facts
    .ofType(TRAIL)
    .filter(
      (other) =>
        other.nativeId !== trail.nativeId &&
        logsManagement(other) &&
        (other.region === trail.region || flagAt(other.attributes, 'IsMultiRegionTrail')) &&
        before(other, trail),
    )
    .toSorted((a, b) => (before(a, b) ? -1 : 1))[0];
}

export const rule: Rule = {
  id: 'aws-cloudtrail-duplicates',
  provider: 'aws',
  resourceType: TRAIL,
  category: 'hygiene',
  title: words('Second trail of the same events', 'Segunda trilha dos mesmos eventos'),
  criterion: words(
    'Another trail that covers as much writes down management events too. Only the first copy is free.',
    'Outra trilha que cobre o mesmo também registra eventos de gerenciamento. Só a primeira cópia é gratuita.',
  ),
  remedy: words(
    'Stop logging of this one, if nobody reads its bucket. Undo starts it; events of the time between are only in the other.',
    'Pare o registro desta, se ninguém lê o bucket dela. Desfazer o reinicia; eventos do intervalo ficam só na outra.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'stop' }],
  permissions: {
    read: ['cloudtrail:DescribeTrails', 'cloudtrail:GetEventSelectors', 'cloudtrail:GetTrailStatus'],
    apply: ['cloudtrail:StopLogging'],
    undo: ['cloudtrail:StartLogging'],
  },
  examine(trail, facts) {
    if (!logsManagement(trail)) return CLEAR;
    const other = keeper(trail, facts);
    if (!other) return CLEAR;
    // Stopping would end the data events as well, which the other may not have.
    const data = flagAt(trail.attributes, 'HasDataEvents');
    return found(wholeCost(facts, trail), {
      why: local(
        () =>
          `The trail ${other.name} writes down the same management events.${data ? ' This one also has data events: take only the management events out.' : ''}`,
        () =>
          `A trilha ${other.name} registra os mesmos eventos de gerenciamento.${data ? ' Esta também tem eventos de dados: retire só os de gerenciamento.' : ''}`,
      ),
      current: [stateSpec('running')],
      recommended: [stateSpec('stopped')],
      evidence: [fact(words('Other trail', 'Outra trilha'), other.name)],
      action: data ? null : operations('stop'),
    });
  },
};
