import type { Rule } from '../rule.ts';
import { found, LABEL, sizeSpec, spec } from '../shared/finding.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';

/** Something of the network's Basic SKU, which is retired. */
export function basicSku(own: Pick<Rule, 'id' | 'resourceType' | 'title' | 'permissions'>): Rule {
  return {
    ...own,
    provider: 'azure',
    category: 'hygiene',
    criterion: words(
      'Of the Basic SKU, which Azure retired on 30 September 2025.',
      'Da SKU Basic, que a Azure aposentou em 30 de setembro de 2025.',
    ),
    remedy: words(
      'Move to the Standard SKU. Advice: associations change with it.',
      'Mude para a SKU Standard. Recomendação: as associações mudam junto.',
    ),
    parameters: {},
    metrics: [],
    lookbackDays: 0,
    saving: 'M0',
    confidence: 'high',
    effort: 'low',
    restart: false,
    undoClass: 'N',
    action: null,
    claims: 'setting',
    examine(resource) {
      if (resource.size?.sku !== 'Basic') return CLEAR;
      return found(
        hygiene(
          words('Standard costs more than Basic: no saving.', 'Standard custa mais que Basic: sem economia.'),
        ),
        {
          why: words(
            'The Basic SKU is retired: no support and no guarantee.',
            'A SKU Basic foi aposentada: sem suporte e sem garantia.',
          ),
          current: sizeSpec(resource),
          recommended: [spec(LABEL.type, 'Standard')],
        },
      );
    },
  };
}
