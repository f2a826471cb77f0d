import { useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { addDays, daysBetween, isDay, today } from '../days.ts';
import { grains, metrics, periodNames, type CostState } from '../state.ts';

interface ControlsProps {
  state: CostState;
  set: (patch: Readonly<Record<string, string | null>>) => void;
  /** Currencies found in the data. */
  currencies: readonly string[];
  /** Currency in force; undefined: as billed. */
  currency: string | undefined;
  /** The controls a page has use for; without it all of them. */
  only?: readonly ControlName[];
}

type ControlName = 'period' | 'grain' | 'metric' | 'compare' | 'currency';

/** Period, grain, metric, currency and comparison. */
export function Controls({ state, set, currencies, currency, only }: ControlsProps) {
  const t = useT('costs');
  const choices = [...new Set([...currencies, ...(currency === undefined ? [] : [currency])])].toSorted();
  const has = (name: ControlName): boolean => only === undefined || only.includes(name);
  const toCustom = (): void => {
    const to = addDays(today(), -1);
    set({ period: 'custom', from: state.from ?? addDays(to, -29), to: state.to ?? to, grain: null });
  };
  return (
    <div role="group" aria-label={t('control.label')} className="flex flex-wrap items-center gap-2">
      <Select
        dense
        className="w-[calc(50%-0.25rem)] sm:w-36"
        aria-label={t('control.period')}
        value={state.period}
        onChange={({ target: { value } }) =>
          value === 'custom' ? toCustom() : set({ period: value, from: null, to: null, grain: null })
        }
        options={[...periodNames, 'custom' as const].map((name) => ({
          value: name,
          label: t(`period.${name}`),
        }))}
      />
      {state.period === 'custom' && state.from !== null && state.to !== null ? (
        <CustomPeriod from={state.from} to={state.to} set={set} />
      ) : null}
      {has('grain') ? (
        <Select
          dense
          className="w-[calc(50%-0.25rem)] sm:w-28"
          aria-label={t('control.grain')}
          value={state.grain}
          onChange={({ target: { value } }) => set({ grain: value })}
          options={grains.map((name) => ({ value: name, label: t(`grain.${name}`) }))}
        />
      ) : null}
      {has('metric') ? (
        <Select
          dense
          className="w-[calc(50%-0.25rem)] sm:w-32"
          aria-label={t('control.metric')}
          value={state.metric}
          onChange={({ target: { value } }) => set({ metric: value === 'billed' ? null : value })}
          options={metrics.map((name) => ({ value: name, label: t(`metric.${name}`) }))}
        />
      ) : null}
      {has('compare') ? (
        <Select
          dense
          className="w-[calc(50%-0.25rem)] sm:w-36"
          aria-label={t('control.compare')}
          value={state.compare ? 'previous' : 'off'}
          onChange={({ target: { value } }) => set({ compare: value === 'off' ? 'off' : null })}
          options={(['previous', 'off'] as const).map((name) => ({
            value: name,
            label: t(`compare.${name}`),
          }))}
        />
      ) : null}
      {has('currency') && (choices.length > 1 || currency !== undefined) ? (
        <Select
          dense
          className="w-[calc(50%-0.25rem)] sm:w-36"
          aria-label={t('control.currency')}
          value={currency ?? 'original'}
          onChange={({ target: { value } }) => set({ currency: value })}
          options={[
            { value: 'original', label: t('asBilled') },
            ...choices.map((code) => ({ value: code, label: t('inCurrency', { currency: code }) })),
          ]}
        />
      ) : null}
    </div>
  );
}

/** Longest period the pages ask for, in days. */
const maxDays = 1096;

/** Takes both days together, once they make sense. */
function CustomPeriod({ from, to, set }: { from: string; to: string; set: ControlsProps['set'] }) {
  const t = useT('costs');
  const [first, setFirst] = useState(from);
  const [last, setLast] = useState(to);
  const [seen, setSeen] = useState(`${from} ${to}`);
  // Another period came from elsewhere, a saved view say; the focus stays where it is.
  if (seen !== `${from} ${to}`) {
    setSeen(`${from} ${to}`);
    setFirst(from);
    setLast(to);
  }
  const bad = !isDay(first) || !isDay(last) || first > last || daysBetween(first, last) > maxDays;
  const apply = (nextFrom: string, nextTo: string): void => {
    if (isDay(nextFrom) && isDay(nextTo) && nextFrom <= nextTo && daysBetween(nextFrom, nextTo) <= maxDays)
      set({ period: 'custom', from: nextFrom, to: nextTo });
  };
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Input
        dense
        type="date"
        className="w-34!"
        aria-label={t('control.from')}
        aria-invalid={bad || undefined}
        value={first}
        onChange={({ target: { value } }) => {
          setFirst(value);
          apply(value, last);
        }}
      />
      <Input
        dense
        type="date"
        className="w-34!"
        aria-label={t('control.to')}
        aria-invalid={bad || undefined}
        value={last}
        onChange={({ target: { value } }) => {
          setLast(value);
          apply(first, value);
        }}
      />
      {bad ? (
        <span className="text-xs text-danger-text">{t('control.badPeriod', { days: maxDays })}</span>
      ) : null}
    </span>
  );
}
