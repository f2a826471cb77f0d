import type { Rule } from '../rule.ts';
import { ageDays } from '../shared/ages.ts';
import { daily } from '../shared/evidence.ts';
import { found, snapshotDelete, stateSpec } from '../shared/finding.ts';
import { measured } from '../shared/measure.ts';
import { lookback } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { INSTANCE } from './instances.ts';
import { attachmentOf, VOLUME, volumeLines, volumeSpec } from './volumes.ts';

export const rule: Rule = {
  id: 'aws-ebs-zero-io',
  provider: 'aws',
  resourceType: VOLUME,
  needsTypes: [INSTANCE],
  category: 'idle',
  title: words('EBS volume that is never read or written', 'Volume EBS que nunca é lido nem gravado'),
  criterion: words(
    'Attached to a running instance, and not one read or write operation in 30 days.',
    'Anexado a uma instância em execução, sem nenhuma operação de leitura ou gravação em 30 dias.',
  ),
  remedy: words(
    'Unmount it in the machine first. Then detach, keep a snapshot and delete; undo makes and attaches a volume from the snapshot.',
    'Desmonte-o antes na máquina. Depois desanexe, guarde um snapshot e exclua; desfazer cria e anexa um volume a partir do snapshot.',
  ),
  parameters: { days: lookback(30, 14, 30) },
  metrics: [
    { metric: 'read_operations', statistic: 'sum' },
    { metric: 'write_operations', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'medium',
  restart: false,
  undoClass: 'S',
  action: 'snapshot_delete',
  operations: [{ operation: 'detach' }],
  permissions: {
    read: ['ec2:DescribeVolumes', 'ec2:DescribeInstances', 'cloudwatch:GetMetricData'],
    apply: ['ec2:DetachVolume', 'ec2:CreateSnapshot', 'ec2:CreateTags', 'ec2:DeleteVolume'],
    undo: ['ec2:CreateVolume', 'ec2:CreateTags', 'ec2:AttachVolume'],
  },
  examine(volume, facts) {
    if (volume.state !== 'in_use' || !attachmentOf(volume)) return CLEAR;
    const instance = facts.targets(volume, 'attached_to').find((r) => r.type === INSTANCE);
    if (instance?.state !== 'running') return CLEAR;
    const days = facts.parameter('days');
    if (ageDays(volume, facts.now) < days) return skip('too_young', `${days} days`);
    const reads = measured(facts, volume, 'read_operations', 'sum', days);
    if (isSkip(reads)) return reads;
    const writes = measured(facts, volume, 'write_operations', 'sum', days);
    if (isSkip(writes)) return writes;
    if (reads.sum + writes.sum > 0) return CLEAR;
    const size = volumeSpec(volume);
    return found(wholeCost(facts, volume), {
      why: local(
        (f) => `Attached to ${instance.name}, and neither read nor written in ${f.days(days)}.`,
        (f) => `Anexado a ${instance.name}, sem leitura nem gravação em ${f.days(days)}.`,
      ),
      current: [...(isSkip(size) ? [] : volumeLines(size)), stateSpec('in_use')],
      recommended: [stateSpec('deleted')],
      evidence: [
        daily(words('Read operations', 'Operações de leitura'), reads, 'sum'),
        daily(words('Write operations', 'Operações de gravação'), writes, 'sum'),
      ],
      action: snapshotDelete('detach'),
    });
  },
};
