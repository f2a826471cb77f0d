import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useT } from '@/app/i18n.ts';
import { useOrganization } from '@/app/scope.tsx';
import { Checkbox } from '@/ui/choice.tsx';
import { Combobox } from '@/ui/combobox.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { countries, useHolidayNames } from '../holiday-names.ts';
import { calendarsQuery } from '../queries.ts';
import { useOwnZone } from '../zones.ts';
import type { Draft } from './draft.ts';

const waits = [15, 60, 240, 1440] as const;

interface PartProps {
  draft: Draft;
  onChange: (patch: Partial<Draft>) => void;
}

/** The zone whose clock counts; one's own and UTC first. */
export function ZoneField({ draft, onChange, error }: PartProps & { error: string | undefined }) {
  const t = useT('schedules');
  const own = useOwnZone();
  const options = useMemo(() => {
    const first = [...new Set([own, 'UTC', draft.timeZone])];
    const others = Intl.supportedValuesOf('timeZone').filter((zone) => !first.includes(zone));
    return [...first, ...others].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
  }, [own, draft.timeZone]);
  return (
    <Field label={t('field.timeZone')} help={t('field.timeZoneHelp')} error={error}>
      {(control) => (
        <Combobox
          {...control}
          value={draft.timeZone}
          onChange={(timeZone) => onChange({ timeZone })}
          options={options}
          placeholder={t('field.timeZone')}
        />
      )}
    </Field>
  );
}

/** Days on which nothing runs: national holidays and the organization's own calendars. */
export function HolidayFields({ draft, onChange }: PartProps) {
  const t = useT('schedules');
  const { slug } = useOrganization();
  const nameOf = useHolidayNames();
  const { data } = useQuery(calendarsQuery(slug));
  const refs = [...countries, ...(data ?? []).map(({ id }) => id)];
  const toggle = (ref: string): void =>
    onChange({
      holidays: draft.holidays.includes(ref)
        ? draft.holidays.filter((each) => each !== ref)
        : [...draft.holidays, ref],
    });
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium">
        {draft.kind === 'pair' ? t('field.holidaysOfPair') : t('field.holidays')}
      </legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {refs.map((ref) => (
          <label key={ref} className="flex items-center gap-2">
            <Checkbox checked={draft.holidays.includes(ref)} onCheckedChange={() => toggle(ref)} />
            {nameOf(ref)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** From when until when, and what happens to a run that was missed. */
export function RuleFields({ draft, onChange, error }: PartProps & { error: string | undefined }) {
  const t = useT('schedules');
  const missed = draft.missed.policy === 'skip' ? 'skip' : String(draft.missed.withinMinutes);
  const choices = [...new Set<number>([...waits, draft.missed.withinMinutes])].toSorted((a, b) => a - b);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('field.validFrom')} optional={t('optional')}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={draft.validFrom}
            onChange={(event) => onChange({ validFrom: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('field.validUntil')} optional={t('optional')} error={error}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={draft.validUntil}
            onChange={(event) => onChange({ validUntil: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('field.missed')} help={t('missed.help')} className="sm:col-span-2">
        {(control) => (
          <Select
            {...control}
            value={missed}
            onChange={(event) =>
              onChange({
                missed:
                  event.target.value === 'skip'
                    ? { ...draft.missed, policy: 'skip' }
                    : { policy: 'run', withinMinutes: Number(event.target.value) },
              })
            }
            options={[
              { value: 'skip', label: t('missed.skip') },
              ...choices.map((count) => ({
                value: String(count),
                label: t('missed.runWithin', { count }),
              })),
            ]}
          />
        )}
      </Field>
    </div>
  );
}
