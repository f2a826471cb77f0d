import type { Rule } from '../rule.ts';
import { environmentOf } from '../shared/environment.ts';
import { fact } from '../shared/evidence.ts';
import { CLEAR } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { changeDisk, DISK_OPERATIONS } from './disks.ts';
import { DISK, VM } from './machines.ts';
import { RESIZE_DISK } from './permissions.ts';

export const rule: Rule = {
  id: 'azure-disk-premium-nonprod',
  provider: 'azure',
  resourceType: DISK,
  needsTypes: [VM],
  category: 'storage',
  title: words('Premium disk outside of production', 'Disco Premium fora da produção'),
  criterion: words(
    'A Premium SSD tagged as another environment than production.',
    'SSD Premium etiquetado como ambiente que não é de produção.',
  ),
  remedy: words(
    'Make it a Standard SSD; its machine is off meanwhile. Undo makes it Premium again.',
    'Mude para SSD Standard; a máquina fica desligada enquanto isso. Desfazer volta a Premium.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M2',
  confidence: 'low',
  effort: 'medium',
  restart: true,
  undoClass: 'R',
  action: 'operations',
  operations: DISK_OPERATIONS,
  permissions: RESIZE_DISK,
  examine(disk, facts) {
    const sku = disk.size?.sku ?? '';
    if (disk.state !== 'in_use' || !/^Premium_(LRS|ZRS)$/.test(sku)) return CLEAR;
    const environment = environmentOf(disk);
    if (!environment || environment.production) return CLEAR;
    return changeDisk(disk, facts, sku.replace('Premium', 'StandardSSD'), {
      why: local(
        () => `Premium performance in ${environment.value}, where a Standard SSD does.`,
        () => `Desempenho Premium em ${environment.value}, onde um SSD Standard basta.`,
      ),
      evidence: [fact(words('Environment', 'Ambiente'), environment.value)],
    });
  },
};
