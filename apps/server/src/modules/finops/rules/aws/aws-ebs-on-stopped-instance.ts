import type { Rule } from '../rule.ts';
import { daysSince } from '../shared/ages.ts';
import { fact } from '../shared/evidence.ts';
import { found, snapshotDelete, stateSpec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { INSTANCE, stoppedSince } from './instances.ts';
import { attachmentOf, VOLUME, volumeLines, volumeSpec } from './volumes.ts';

export const rule: Rule = {
  id: 'aws-ebs-on-stopped-instance',
  provider: 'aws',
  resourceType: VOLUME,
  needsTypes: [INSTANCE],
  category: 'idle',
  title: words('EBS volume of a stopped instance', 'Volume EBS de uma instância parada'),
  criterion: words(
    'A data disk of an instance that has been stopped for 30 days or more. Disks that go with the instance are counted there.',
    'Disco de dados de uma instância parada há 30 dias ou mais. Discos que são excluídos com a instância contam nela.',
  ),
  remedy: words(
    'Detach, keep a snapshot and delete the volume. Undo makes a volume from the snapshot and attaches it.',
    'Desanexe, guarde um snapshot e exclua o volume. Desfazer cria um volume a partir do snapshot e o anexa.',
  ),
  parameters: { days: minimumAge(30, 7, 365) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'medium',
  effort: 'medium',
  restart: false,
  undoClass: 'S',
  action: 'snapshot_delete',
  operations: [{ operation: 'detach' }],
  permissions: {
    read: ['ec2:DescribeVolumes', 'ec2:DescribeInstances'],
    apply: ['ec2:DetachVolume', 'ec2:CreateSnapshot', 'ec2:CreateTags', 'ec2:DeleteVolume'],
    undo: ['ec2:CreateVolume', 'ec2:CreateTags', 'ec2:AttachVolume'],
  },
  examine(volume, facts) {
    const place = volume.state === 'in_use' ? attachmentOf(volume) : undefined;
    if (!place?.outlives) return CLEAR;
    const instance = facts.targets(volume, 'attached_to').find((r) => r.type === INSTANCE);
    if (instance?.state !== 'stopped') return CLEAR;
    const since = stoppedSince(instance);
    if (!since) return skip('wrong_state', 'since when the instance is stopped is not known');
    const stopped = daysSince(since, facts.now);
    const days = facts.parameter('days');
    if (stopped < days) return skip('too_young', `${days} days`);
    const size = volumeSpec(volume);
    return found(wholeCost(facts, volume), {
      why: local(
        (f) =>
          `Its instance ${instance.name} has been stopped for ${f.days(Math.floor(stopped))}, since ${f.date(since)}.`,
        (f) =>
          `A instância ${instance.name} está parada há ${f.days(Math.floor(stopped))}, desde ${f.date(since)}.`,
      ),
      current: [...(isSkip(size) ? [] : volumeLines(size)), stateSpec('in_use')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(words('Instance stopped since', 'Instância parada desde'), since.toISOString())],
      action: snapshotDelete('detach'),
    });
  },
};
