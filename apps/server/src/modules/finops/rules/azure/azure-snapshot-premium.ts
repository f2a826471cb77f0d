import type { Rule } from '../rule.ts';
import { found, LABEL, sizeSpec, spec } from '../shared/finding.ts';
import { priceRatio } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';
import { reading } from './permissions.ts';
import { SNAPSHOT } from './snapshots.ts';

export const rule: Rule = {
  id: 'azure-snapshot-premium',
  provider: 'azure',
  resourceType: SNAPSHOT,
  category: 'storage',
  title: words('Snapshot on premium storage', 'Snapshot em armazenamento premium'),
  criterion: words(
    'A full snapshot that is kept on premium storage.',
    'Snapshot completo guardado em armazenamento premium.',
  ),
  remedy: words(
    'Copy it to standard storage and delete the premium one. Advice: snapshots do not change their storage.',
    'Copie-o para armazenamento padrão e exclua o premium. Recomendação: snapshots não mudam de armazenamento.',
  ),
  parameters: {},
  metrics: [],
  lookbackDays: 0,
  saving: 'M2',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: null,
  permissions: reading('Microsoft.Compute/snapshots/read'),
  examine(snapshot, facts) {
    const sku = snapshot.size?.sku ?? '';
    if (snapshot.state !== 'available' || !sku.startsWith('Premium')) return CLEAR;
    const [now, next] = [sku, 'Standard_LRS'].map((each) =>
      facts.price({ product: 'snapshot', region: snapshot.region, sku: each }),
    );
    if (!now || !next) return skip('no_price', 'snapshot');
    return found(priceRatio(facts, snapshot, { now: now.price.amount, next: next.price.amount }), {
      why: words(
        'Kept on premium storage, which a restore does not need.',
        'Guardado em armazenamento premium, que uma restauração não exige.',
      ),
      current: sizeSpec(snapshot),
      recommended: [spec(LABEL.type, 'Standard_LRS')],
    });
  },
};
