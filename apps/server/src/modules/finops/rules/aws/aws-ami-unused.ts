import type { Rule } from '../rule.ts';
import { ageDays, daysSince, instantIn } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, stateSpec } from '../shared/finding.ts';
import { minimumAge } from '../shared/parameters.ts';
import { wholeCost } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { INSTANCE } from './instances.ts';
import { IMAGE, SNAPSHOT } from './snapshots.ts';

/** Types that launch from images beside instances; the adapter names the image by a `source` or `uses` edge. */
const LAUNCHERS = [INSTANCE, 'aws.ec2.launch-template', 'aws.autoscaling.group'];

export const rule: Rule = {
  id: 'aws-ami-unused',
  provider: 'aws',
  resourceType: IMAGE,
  needsTypes: [SNAPSHOT, ...LAUNCHERS],
  category: 'orphan',
  title: words('Unused machine image', 'Imagem de máquina sem uso'),
  criterion: words(
    '90 days old or more, no instance, template or group uses it, and nothing was launched from it in that time.',
    'Com 90 dias ou mais, nenhuma instância, modelo ou grupo a usa, e nada foi iniciado a partir dela nesse período.',
  ),
  remedy: words(
    'Deregister the image, then delete its snapshots: they are what costs.',
    'Cancele o registro da imagem e depois exclua os snapshots dela: são eles que custam.',
  ),
  parameters: { days: minimumAge(90, 14, 1095) },
  metrics: [],
  lookbackDays: 0,
  saving: 'M1',
  confidence: 'medium',
  effort: 'medium',
  restart: false,
  undoClass: 'S',
  // Money is freed by deleting the snapshots, and after that the image cannot be registered again: two decisions.
  action: null,
  permissions: {
    read: ['ec2:DescribeImages', 'ec2:DescribeInstances', 'ec2:DescribeLaunchTemplateVersions'],
    apply: ['ec2:DeregisterImage', 'ec2:DeleteSnapshot'],
    undo: ['ec2:RegisterImage'],
  },
  examine(image, facts) {
    if (image.state !== 'available') return CLEAR;
    const days = facts.parameter('days');
    const age = ageDays(image, facts.now);
    if (age < days) return skip('too_young', `${days} days`);
    const users = [...facts.sources(image, 'source'), ...facts.sources(image, 'uses')];
    if (users.some((r) => LAUNCHERS.includes(r.type) && r.state !== 'deleted')) return CLEAR;
    const launched = instantIn(textAt(image.attributes, 'LastLaunchedTime'));
    if (launched && daysSince(launched, facts.now) < days) return CLEAR;
    const snapshots = facts.targets(image, 'uses').filter((r) => r.type === SNAPSHOT);
    if (snapshots.length === 0) return CLEAR;
    return found(wholeCost(facts, ...snapshots), {
      why: local(
        (f) =>
          `${f.days(Math.floor(age))} old, used by nothing${launched ? `, last launched on ${f.date(launched)}` : ''}; it keeps ${snapshots.length === 1 ? 'one snapshot' : `${snapshots.length} snapshots`}.`,
        (f) =>
          `Tem ${f.days(Math.floor(age))}, sem uso${launched ? `, iniciada pela última vez em ${f.date(launched)}` : ''}; mantém ${snapshots.length === 1 ? 'um snapshot' : `${snapshots.length} snapshots`}.`,
      ),
      current: [stateSpec('available')],
      recommended: [stateSpec('deleted')],
      evidence: [fact(LABEL.created, (image.createdAt ?? image.firstSeenAt).toISOString())],
    });
  },
};
