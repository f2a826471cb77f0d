import { TrendingDown, TrendingUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/ui/cn.ts';
import { Tooltip } from '@/ui/tooltip.tsx';
import { useT } from '@/app/i18n.ts';
import { changeOf, minus, signOf } from './decimal.ts';
import { useMoney } from './place.ts';

interface Amount {
  amount: string;
  currency: string;
}

interface ExactAmountProps extends Amount {
  /** What was billed, where it was converted; one per currency. */
  original?: readonly Amount[] | undefined;
  className?: string;
}

/** An amount by locale; every digit of it and the billed currency on hover and focus. */
export function ExactAmount({ amount, currency, original = [], className }: ExactAmountProps) {
  const t = useT('costs');
  const { money, exact } = useMoney();
  const billed = original.filter((each) => each.currency !== currency);
  const lines = [
    t('exactly', { amount: exact(amount, currency) }),
    ...billed.map((each) => t('ui:money.original', { amount: exact(each.amount, each.currency) })),
  ];
  return (
    <Tooltip label={<span className="num whitespace-pre-line">{lines.join('\n')}</span>}>
      <span tabIndex={0} className={cn('num rounded-sm', className)}>
        {money(amount, currency)}
      </span>
    </Tooltip>
  );
}

interface ChangeProps {
  now: string;
  before: string | null;
  currency: string;
  /** Only the percentage. */
  brief?: boolean;
}

/** How much more or less than before. More cost is never green. */
export function Change({ now, before, currency, brief = false }: ChangeProps): ReactNode {
  const t = useT('costs');
  const { money, signed } = useMoney();
  if (before === null) return <span className="text-ink-3">–</span>;
  const difference = minus(now, before);
  const sign = signOf(difference);
  const share = changeOf(now, before);
  const percent = share === null ? (sign === 0 ? signed(0) : t('new')) : signed(share);
  const Icon = sign > 0 ? TrendingUp : TrendingDown;
  return (
    <span
      className={cn(
        'num inline-flex items-center gap-1 whitespace-nowrap',
        sign > 0 ? 'text-warn-text' : sign < 0 ? 'text-ok-text' : 'text-ink-3',
      )}
    >
      {sign === 0 ? null : <Icon aria-hidden className="size-3.5" />}
      {percent}
      {brief || sign === 0 ? null : (
        <span className="text-ink-3">
          ({sign > 0 ? '+' : ''}
          {money(difference, currency)})
        </span>
      )}
    </span>
  );
}
