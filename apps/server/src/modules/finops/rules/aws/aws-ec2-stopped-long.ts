import type { Rule, RuleResource } from '../rule.ts';
import { daysSince } from '../shared/ages.ts';
import { flagAt, objectsAt, textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, sizeSpec, snapshotDelete, stateSpec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { INSTANCE, stoppedSince, unmanageable } from './instances.ts';

/** Whether the disk goes with its instance; the others are the subject of `aws-ebs-on-stopped-instance`. */
export function goesWithInstance(volume: RuleResource, instanceId: string): boolean {
  return objectsAt(volume.attributes, 'Attachments').some(
    (a) => textAt(a, 'InstanceId') === instanceId && flagAt(a, 'DeleteOnTermination'),
  );
}

export const rule: Rule = {
  id: 'aws-ec2-stopped-long',
  provider: 'aws',
  resourceType: INSTANCE,
  needsTypes: ['aws.ec2.volume'],
  category: 'idle',
  title: words('EC2 instance stopped for long', 'Instância EC2 parada há muito tempo'),
  criterion: words(
    'Stopped for 30 days or more, with disks that are still paid for.',
    'Parada há 30 dias ou mais, com discos que continuam sendo pagos.',
  ),
  remedy: words(
    'Keep an image of it and terminate it. Undo launches it from the image; its id is a new one.',
    'Guarde uma imagem e encerre a instância. Desfazer a recria a partir da imagem, com um novo id.',
  ),
  parameters: { days: minimumAge(30, 7, 365) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'high',
  effort: 'medium',
  restart: false,
  undoClass: 'S',
  action: 'snapshot_delete',
  operations: [],
  permissions: {
    read: ['ec2:DescribeInstances', 'ec2:DescribeVolumes'],
    apply: ['ec2:CreateImage', 'ec2:CreateTags', 'ec2:TerminateInstances'],
    undo: ['ec2:RunInstances', 'ec2:CreateTags'],
  },
  examine(instance, facts) {
    if (instance.state !== 'stopped') return CLEAR;
    const managed = unmanageable(instance);
    if (managed) return managed;
    const since = stoppedSince(instance);
    if (!since) return skip('wrong_state', 'since when it is stopped is not known');
    const stopped = daysSince(since, facts.now);
    const days = facts.parameter('days');
    if (stopped < days) return skip('too_young', `${days} days`);
    const disks = facts
      .sources(instance, 'attached_to')
      .filter((r) => r.type === 'aws.ec2.volume' && goesWithInstance(r, instance.id));
    if (disks.length === 0) return CLEAR;
    const gib = disks.reduce((total, disk) => total + (disk.size?.storageGiB ?? 0), 0);
    return found(wholeCost(facts, ...disks), {
      why: local(
        (f) =>
          `Stopped for ${f.days(Math.floor(stopped))} (since ${f.date(since)}); its ${disks.length === 1 ? 'disk' : `${disks.length} disks`} of ${f.n(gib, 0)} GiB in all ${disks.length === 1 ? 'is' : 'are'} still paid for.`,
        (f) =>
          `Parada há ${f.days(Math.floor(stopped))} (desde ${f.date(since)}); ${disks.length === 1 ? 'seu disco' : `seus ${disks.length} discos`}, ${f.n(gib, 0)} GiB no total, ${disks.length === 1 ? 'continua sendo pago' : 'continuam sendo pagos'}.`,
      ),
      current: [...sizeSpec(instance), stateSpec('stopped')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(words('Stopped since', 'Parada desde'), since.toISOString())],
      action: snapshotDelete(),
    });
  },
};
