import type { Recurrence } from '@cloudatlas/contracts/schedules';
import { useT } from '@/app/i18n.ts';
import { cn } from '@/ui/cn.ts';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { useScheduleWords, weekdays } from '../words.ts';
import type { Half } from './draft.ts';

const kinds: readonly Recurrence['kind'][] = ['daily', 'weekdays', 'weekends', 'days'];

interface WhenFieldsProps {
  legend: string;
  half: Half;
  error: string | undefined;
  onChange: (half: Half) => void;
}

/** Time and days of one action. */
export function WhenFields({ legend, half, error, onChange }: WhenFieldsProps) {
  const t = useT('schedules');
  const words = useScheduleWords();
  const { kind, days } = half.recurrence;
  const toggle = (day: number): void => {
    const next = days.includes(day) ? days.filter((each) => each !== day) : [...days, day];
    onChange({ ...half, recurrence: { kind, days: next.toSorted((a, b) => a - b) } });
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-md border border-line p-3">
      <legend className="px-1 font-medium">{legend}</legend>
      <div className="grid gap-3 sm:grid-cols-[7.5rem_1fr]">
        <Field label={t('field.time')}>
          {(control) => (
            <Input
              {...control}
              type="time"
              className="num"
              value={half.time}
              onChange={(event) => onChange({ ...half, time: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('field.days')} error={error}>
          {(control) => (
            <Select
              {...control}
              value={kind}
              onChange={(event) =>
                onChange({
                  ...half,
                  recurrence: { kind: event.target.value as Recurrence['kind'], days },
                })
              }
              options={kinds.map((value) => ({ value, label: t(`recurrence.${value}`) }))}
            />
          )}
        </Field>
      </div>
      {kind === 'days' ? (
        <div role="group" aria-label={t('field.days')} className="flex flex-wrap gap-1">
          {weekdays.map((day) => (
            <button
              key={day}
              type="button"
              aria-pressed={days.includes(day)}
              title={words.longDay(day)}
              onClick={() => toggle(day)}
              className={cn(
                'h-8 min-w-11 rounded-md border px-2 text-sm pointer-coarse:h-10',
                days.includes(day)
                  ? 'border-accent bg-accent text-on-accent'
                  : 'border-field-line bg-surface text-ink-2 hover:bg-hover',
              )}
            >
              {words.day(day)}
            </button>
          ))}
        </div>
      ) : null}
    </fieldset>
  );
}
