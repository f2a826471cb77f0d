/** An alert in words: what happened, against what, by how much. */
import type { CostAlert } from '@cloudatlas/contracts/cost-control';
import { useMemo } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import type { Tone } from '@/ui/badge.tsx';

export const severityTones: Record<CostAlert['severity'], Tone> = {
  info: 'accent',
  warning: 'warn',
  critical: 'danger',
};

type Fact = CostAlert['facts'][string];

/** Returns what makes title and text of an alert. Facts that are missing are left out of the text. */
export function useAlertWords(): { title: (alert: CostAlert) => string; text: (alert: CostAlert) => string } {
  const t = useT('alerts');
  const format = useFormat();
  return useMemo(() => {
    const money = (fact: Fact | undefined, currency: string): string =>
      fact === undefined || fact === null || !/^-?\d+(?:\.\d+)?$/.test(String(fact))
        ? '–'
        : format.money(String(fact), currency);
    const percent = (fact: Fact | undefined): string =>
      fact === undefined || fact === null ? '–' : format.percent(Number(fact) / 100);
    const title = (alert: CostAlert): string => t(`kind.${alert.kind}`, { name: alert.sourceName });
    const text = ({ kind, facts, currency }: CostAlert): string => {
      const amounts = {
        actual: money(facts['actual'], currency),
        amount: money(facts['amount'], currency),
        previous: money(facts['previous'], currency),
        expected: money(facts['expected'], currency),
        percent: percent(facts['percent']),
        threshold: percent(facts['threshold']),
      };
      if (kind === 'budget')
        return t(facts['on'] === 'forecast' ? 'says.budgetForecast' : 'says.budgetActual', amounts);
      if (kind === 'rule') {
        const window = t(`window.${String(facts['window'] ?? 'day')}`);
        const grows = facts['percent'] !== undefined && facts['percent'] !== null;
        return t(grows ? 'says.rulePercent' : 'says.ruleAmount', { ...amounts, window });
      }
      const where = [facts['account'], facts['region']].filter((fact) => fact !== undefined && fact !== null);
      return t(facts['direction'] === 'drop' || facts['direction'] === 'down' ? 'says.drop' : 'says.spike', {
        ...amounts,
        where: where.length === 0 ? '' : ` (${where.join(' · ')})`,
      });
    };
    return { title, text };
  }, [t, format]);
}
