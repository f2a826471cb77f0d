import type { Rule } from '../rule.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';

export const rule: Rule = {
  id: 'aws-fsx-idle',
  provider: 'aws',
  resourceType: 'aws.fsx.file-system',
  category: 'idle',
  title: words('Idle FSx file system', 'Sistema de arquivos FSx ocioso'),
  criterion: words('Neither read nor written in 30 days.', 'Sem leitura nem gravação em 30 dias.'),
  remedy: words(
    'Take a backup and delete the file system. From the backup it comes back under a new id and name.',
    'Faça um backup e exclua o sistema de arquivos. A partir do backup ele volta com novo id e nome.',
  ),
  parameters: { days: lookback(30, 7, 30) },
  metrics: [
    { metric: 'disk_read', statistic: 'sum' },
    { metric: 'disk_write', statistic: 'sum' },
  ],
  lookbackDays: 30,
  saving: 'M1',
  confidence: 'medium',
  effort: 'high',
  restart: false,
  undoClass: 'S',
  action: null,
  permissions: {
    read: ['fsx:DescribeFileSystems', 'cloudwatch:GetMetricData'],
    apply: ['fsx:CreateBackup', 'fsx:DeleteFileSystem'],
    undo: ['fsx:CreateFileSystemFromBackup'],
  },
  examine(system, facts) {
    if (system.state !== 'running') return CLEAR;
    return unused(system, facts, {
      counters: [
        ['disk_read', words('Read', 'Leitura')],
        ['disk_write', words('Written', 'Gravação')],
      ],
      nothing: words('reads and no writes', 'leituras nem gravações'),
      action: null,
      becomes: 'deleted',
    });
  },
};
