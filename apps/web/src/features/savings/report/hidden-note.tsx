import { Sparkles } from 'lucide-react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { useOrganization } from '@/app/scope.tsx';
import { minus, signOf, sumOf } from '@/features/costs/decimal.ts';
import type { RecommendationRow, SavingsSummary } from '@cloudatlas/contracts/finops';
import { Button } from '@/ui/button.tsx';
import { Notice } from '@/ui/form.tsx';

interface HiddenNoteProps {
  hidden: number;
  shown: readonly RecommendationRow[];
  summary: SavingsSummary | undefined;
}

/** What the plan does not show, and what it is worth. */
export function HiddenNote({ hidden, shown, summary }: HiddenNoteProps) {
  const t = useT('savings');
  const format = useFormat();
  const { slug } = useOrganization();
  if (hidden === 0) return null;
  const rest =
    summary === undefined
      ? '0'
      : minus(
          summary.potentialMonthly,
          sumOf(
            shown
              .filter((row) => row.counted && row.status === 'open')
              .flatMap((row) => row.monthlySavingConverted?.amount ?? []),
          ),
        );
  return (
    <Notice
      tone="accent"
      action={
        <Button asChild variant="primary" size="sm">
          <Link to={paths.organizationSettings(slug, 'plan')}>{t('hidden.action')}</Link>
        </Button>
      }
    >
      <Sparkles aria-hidden className="mr-2 inline size-4" />
      {summary !== undefined && signOf(rest) > 0
        ? t('hidden.worth', {
            count: hidden,
            formatted: format.number(hidden),
            amount: format.money(rest, summary.currency),
          })
        : t('hidden.more', { count: hidden, formatted: format.number(hidden) })}
    </Notice>
  );
}
