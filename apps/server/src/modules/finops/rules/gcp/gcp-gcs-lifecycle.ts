import { objectsAt } from '../shared/attributes.ts';
import { coldStorage } from '../shared/cold-storage.ts';
import { lookback } from '../shared/parameters.ts';
import { words } from '../shared/words.ts';
import { METRICS_READ, updating } from './permissions.ts';

/** USD of reading a GiB of Nearline (list price of 2026); each request counts as if it read one. */
const RETRIEVAL = 0.01;
const RULE = {
  action: { type: 'SetStorageClass', storageClass: 'NEARLINE' },
  condition: { age: 30, matchesStorageClass: ['STANDARD'] },
};

export const rule = coldStorage(
  {
    id: 'gcp-gcs-lifecycle',
    provider: 'gcp',
    resourceType: 'gcp.storage.bucket',
    title: words(
      'Bucket of cold data without lifecycle rules',
      'Bucket de dados frios sem regras de ciclo de vida',
    ),
    criterion: words(
      'Class Standard, no lifecycle rule, 100 GiB or more, and at most one request a 2 GiB over 30 days.',
      'Classe Standard, nenhuma regra de ciclo de vida, 100 GiB ou mais, e no máximo uma requisição a cada 2 GiB em 30 dias.',
    ),
    remedy: words(
      'A rule moves objects to Nearline after 30 days. Undo removes the rule; moved objects stay in Nearline.',
      'Uma regra move objetos para Nearline após 30 dias. Desfazer remove a regra; objetos movidos ficam em Nearline.',
    ),
    permissions: updating('storage.buckets', METRICS_READ),
  },
  {
    days: lookback(30, 30, 60),
    requestsPerGib: [0.5, 0, 10],
    label: words('Class', 'Classe'),
    where: words('in class Standard', 'na classe Standard'),
    from: { name: 'STANDARD', price: { sku: 'STANDARD' } },
    to: { name: 'NEARLINE', price: { sku: 'NEARLINE' } },
    requestExtra: RETRIEVAL,
    requestWords: words('reads', 'leituras'),
    // The least of the time: what came since is younger than the rule's 30 days.
    moved: 'minimum',
    isHot: (bucket) =>
      bucket.size?.sku === 'STANDARD' && objectsAt(bucket.attributes, 'lifecycle', 'rule').length === 0,
    operation: { operation: 'set-lifecycle', parameters: { configuration: { rule: [RULE] } } },
  },
);
