import type { Rule } from '../rule.ts';
import { LABEL } from '../shared/finding.ts';
import { lookback } from '../shared/parameters.ts';
import { unused } from '../shared/unused.ts';
import { CLEAR } from '../shared/verdict.ts';
import { words } from '../shared/words.ts';

/** A link between networks through which nothing goes. Advice: the other end depends on its id or keys. */
export function silentLink(
  own: Pick<Rule, 'id' | 'resourceType' | 'title' | 'remedy' | 'permissions'>,
): Rule {
  return {
    ...own,
    provider: 'aws',
    category: 'idle',
    criterion: words('Not one byte in 30 days.', 'Nenhum byte em 30 dias.'),
    parameters: { days: lookback(30, 7, 30) },
    metrics: [
      { metric: 'network_in', statistic: 'sum' },
      { metric: 'network_out', statistic: 'sum' },
    ],
    lookbackDays: 30,
    saving: 'M1',
    confidence: 'medium',
    effort: 'medium',
    restart: false,
    undoClass: 'S',
    action: null,
    examine(link, facts) {
      if (link.state !== 'running') return CLEAR;
      return unused(link, facts, {
        counters: [
          ['network_in', LABEL.networkIn],
          ['network_out', LABEL.networkOut],
        ],
        nothing: words('traffic', 'tráfego'),
        action: null,
        becomes: 'deleted',
      });
    },
  };
}
