import type { Rule } from '../rule.ts';
import { environmentOf } from '../shared/environment.ts';
import { fact } from '../shared/evidence.ts';
import { found, LABEL, spec } from '../shared/finding.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { diskPrices } from './disks.ts';
import { DISK } from './machines.ts';
import { reading } from './permissions.ts';

export const rule: Rule = {
  id: 'gcp-disk-ssd-nonprod',
  provider: 'gcp',
  resourceType: DISK,
  category: 'storage',
  title: words('SSD disk outside of production', 'Disco SSD fora de produção'),
  criterion: words(
    'A pd-ssd disk in use whose environment label is not one of production.',
    'Disco pd-ssd em uso cuja etiqueta de ambiente não é de produção.',
  ),
  remedy: words(
    'Make a pd-balanced disk from a snapshot and put it in its place. Advice.',
    'Crie um disco pd-balanced a partir de um snapshot e troque-o. Recomendação.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M2',
  confidence: 'medium',
  effort: 'medium',
  restart: true,
  undoClass: 'S',
  action: null,
  permissions: reading('compute.disks.list'),
  claims: 'setting',
  examine(disk, facts) {
    if (disk.state !== 'in_use' || disk.size?.sku !== 'pd-ssd') return CLEAR;
    const environment = environmentOf(disk);
    if (!environment || environment.production) return CLEAR;
    return found(diskPrices(disk, facts, 'pd-balanced'), {
      why: local(
        () => `It is of type pd-ssd, and its environment is “${environment.value}”.`,
        () => `É do tipo pd-ssd, e o ambiente é “${environment.value}”.`,
      ),
      current: [spec(LABEL.type, 'pd-ssd')],
      recommended: [spec(LABEL.type, 'pd-balanced')],
      evidence: [fact(words('Environment', 'Ambiente'), environment.value)],
    });
  },
};
