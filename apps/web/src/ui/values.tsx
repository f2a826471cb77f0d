import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { cn } from './cn.ts';
import { Tooltip } from './tooltip.tsx';

/** Time relative to now; the exact one in the user's zone and in UTC on hover and focus. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const format = useFormat();
  return (
    <Tooltip
      label={<span className="num whitespace-pre-line">{`${format.dateTime(at)}\n${format.utc(at)}`}</span>}
    >
      <time dateTime={at} tabIndex={0} className={cn('num whitespace-nowrap rounded-sm', className)}>
        {format.relative(at)}
      </time>
    </Tooltip>
  );
}

/** Date and time in the user's zone. */
export function DateTime({ at, className }: { at: string; className?: string }) {
  const format = useFormat();
  return (
    <time dateTime={at} className={cn('num whitespace-nowrap', className)}>
      {format.dateTime(at)}
    </time>
  );
}

interface MoneyProps {
  /** Exact decimal string as the API sends it, e.g. `1234.56`. */
  amount: string;
  /** ISO 4217. */
  currency: string;
  /** What the provider billed, where it was converted. */
  original?: { amount: string; currency: string };
  className?: string;
}

/** An amount by locale; the original currency on hover. */
export function Money({ amount, currency, original, className }: MoneyProps) {
  const format = useFormat();
  const t = useT('ui');
  const text = format.money(amount, currency);
  if (original === undefined || original.currency === currency)
    return <span className={cn('num', className)}>{text}</span>;
  return (
    <Tooltip label={t('money.original', { amount: format.money(original.amount, original.currency) })}>
      <span tabIndex={0} className={cn('num rounded-sm', className)}>
        {text}
      </span>
    </Tooltip>
  );
}

/** A key to press. `mod` is Ctrl, or ⌘ on Apple machines. */
export function Kbd({ keys }: { keys: readonly string[] }) {
  const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);
  return (
    <span className="inline-flex gap-0.5" aria-hidden>
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-2xs text-ink-3"
        >
          {key === 'mod' ? (apple ? '⌘' : 'Ctrl') : key}
        </kbd>
      ))}
    </span>
  );
}
