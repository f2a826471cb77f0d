import { textAt } from '../shared/attributes.ts';
import { coldStorage } from '../shared/cold-storage.ts';
import { lookback } from '../shared/parameters.ts';
import { words } from '../shared/words.ts';
import { METRICS_READ, writing } from './permissions.ts';

/**
 * What a request to Cool costs more than to Hot, in USD: 0.01 against 0.004 for 10,000 reads and 0.1 against 0.05 for
 * 10,000 writes (list prices of 2026); the dearer difference counts for all.
 */
const COOL_REQUEST_EXTRA = 0.05 / 10_000;

export const rule = coldStorage(
  {
    id: 'azure-storage-tiering',
    provider: 'azure',
    resourceType: 'azure.storage.account',
    title: words('Hot storage that is hardly read', 'Armazenamento quente quase não lido'),
    criterion: words(
      'Default tier Hot, 100 GiB or more, and at most 100 requests a GiB over 30 days: Cool storage costs less even with its dearer requests.',
      'Camada padrão Hot, 100 GiB ou mais, e no máximo 100 requisições por GiB em 30 dias: a camada Cool custa menos mesmo com requisições mais caras.',
    ),
    remedy: words(
      'Set the default tier to Cool: it holds for blobs without a tier of their own. Undo sets it back; Cool data that leaves within 30 days is billed for 30.',
      'Mude a camada padrão para Cool: vale para blobs sem camada própria. Desfazer volta; dados em Cool que saem em menos de 30 dias são cobrados por 30.',
    ),
    permissions: writing('Microsoft.Storage/storageAccounts', METRICS_READ),
  },
  {
    days: lookback(30, 14, 60),
    requestsPerGib: [100, 0, 2000],
    label: words('Tier', 'Camada'),
    where: words('in tier Hot', 'na camada Hot'),
    from: { name: 'Hot', price: { variant: { tier: 'Hot' } } },
    to: { name: 'Cool', price: { variant: { tier: 'Cool' } } },
    requestExtra: COOL_REQUEST_EXTRA,
    requestWords: words('dearer requests', 'requisições mais caras'),
    moved: 'average',
    isHot: (account) => textAt(account.attributes, 'accessTier') === 'Hot',
    operation: { operation: 'set-tier', parameters: { tier: 'Cool' } },
  },
);
