import type { Schedule } from '@cloudatlas/contracts/schedules';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { isApiError } from '@/app/api.ts';
import { useT } from '@/app/i18n.ts';
import { describeField, explainError } from '@/app/problem.ts';
import { DataFields } from '@/features/accounts/form/data-fields.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { resourceQuery } from '@/features/inventory/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { toast } from '@/ui/toast-store.ts';
import { scheduleQuery, schedulesApi, schedulesKey } from '../queries.ts';
import {
  draftOf,
  emptyDraft,
  halfName,
  pairBody,
  problemsOf,
  scheduleBody,
  type Draft,
  type DraftKind,
} from './draft.ts';
import { HolidayFields, RuleFields, ZoneField } from './more-fields.tsx';
import { Preview } from './preview.tsx';
import { TargetPicker } from './target-picker.tsx';
import { WhenFields } from './when-fields.tsx';
import { browserZone, useOwnZone } from '../zones.ts';

interface ScheduleDialogProps {
  /** Undefined for a new one. */
  schedule: Schedule | undefined;
  /** A resource that a new one begins with. */
  resourceId: string | undefined;
  onClose: () => void;
}

const kinds: readonly DraftKind[] = ['pair', 'start', 'stop', 'resize'];

/** Makes or changes a schedule. */
export function ScheduleDialog({ schedule, resourceId, onClose }: ScheduleDialogProps) {
  const t = useT('schedules');
  const place = useWorkspacePlace();
  const detail = useQuery({ ...scheduleQuery(place, schedule?.id ?? ''), enabled: schedule !== undefined });
  const resource = useQuery({
    ...resourceQuery(place, resourceId ?? ''),
    enabled: schedule === undefined && resourceId !== undefined,
  });
  const own = useOwnZone();
  // UTC is what a profile has until somebody chooses; the browser knows better where one is.
  const zone = own === 'UTC' ? browserZone() : own;
  const failed = detail.error ?? resource.error;
  const ready = schedule === undefined ? resourceId === undefined || !resource.isPending : !detail.isPending;
  const initial =
    detail.data === undefined || schedule === undefined
      ? emptyDraft(resource.data === undefined ? [] : [resource.data], zone)
      : draftOf(detail.data);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={schedule?.name ?? t('create')}
      description={t('dialog.text')}
    >
      {ready ? (
        failed === null || schedule === undefined ? (
          <Form schedule={schedule} initial={initial} onClose={onClose} />
        ) : (
          <FormError message={explainError(failed)} />
        )
      ) : (
        <SkeletonLines lines={8} />
      )}
    </Dialog>
  );
}

function Form({
  schedule,
  initial,
  onClose,
}: {
  schedule: Schedule | undefined;
  initial: Draft;
  onClose: () => void;
}) {
  const t = useT('schedules');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const [draft, setDraft] = useState(initial);
  const [tried, setTried] = useState(false);
  const patch = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: async (): Promise<unknown> => {
      if (draft.kind === 'pair') return schedulesApi.createPair(place, pairBody(draft));
      const body = scheduleBody(draft, draft.kind);
      return schedule === undefined
        ? schedulesApi.create(place, body)
        : schedulesApi.update(place, schedule.id, body);
    },
    onSuccess: () => {
      toast.success(t('dialog.saved', { name: draft.name }));
      onClose();
      return client.invalidateQueries({ queryKey: schedulesKey(place) });
    },
  });
  const missing = tried ? problemsOf(draft) : new Set<string>();
  const refused = fieldErrors(save.error);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (problemsOf(draft).size === 0 && !save.isPending) save.mutate();
  };
  const half = halfName(draft.kind);
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={t('field.name')}
          error={missing.has('name') ? t('dialog.needsName') : refused.get('name')}
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={120}
              value={draft.name}
              onChange={(event) => patch({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('field.kind')}>
          {(control) => (
            <Select
              {...control}
              value={draft.kind}
              disabled={schedule !== undefined}
              onChange={(event) => patch({ kind: event.target.value as DraftKind })}
              options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            />
          )}
        </Field>
      </div>
      <TargetPicker
        resources={draft.resources}
        tags={draft.tags}
        error={missing.has('targets') ? t('dialog.needsTargets') : refused.get('targets')}
        onResources={(resources) => patch({ resources })}
        onTags={(tags) => patch({ tags })}
      />
      {draft.kind === 'resize' ? <Parameters draft={draft} errors={refused} onChange={patch} /> : null}
      {draft.kind === 'pair' ? (
        <div className="grid gap-4 sm:grid-cols-2">
          {(['start', 'stop'] as const).map((name) => (
            <WhenFields
              key={name}
              legend={t(`when.${name}`)}
              half={draft[name]}
              error={missing.has(name) ? t('dialog.needsDays') : undefined}
              onChange={(next) => patch({ [name]: next })}
            />
          ))}
        </div>
      ) : (
        <WhenFields
          legend={t(`when.${draft.kind}`)}
          half={draft[half]}
          error={missing.has(half) ? t('dialog.needsDays') : undefined}
          onChange={(next) => patch({ [half]: next })}
        />
      )}
      <ZoneField draft={draft} onChange={patch} error={refused.get('timeZone')} />
      <Preview draft={draft} />
      <HolidayFields draft={draft} onChange={patch} />
      <details className="group">
        <summary className="w-fit cursor-pointer rounded-sm text-ink-2">{t('dialog.more')}</summary>
        <div className="mt-3">
          <RuleFields
            draft={draft}
            onChange={patch}
            error={missing.has('validUntil') ? t('dialog.wrongOrder') : refused.get('validUntil')}
          />
        </div>
      </details>
      <p className="text-xs text-ink-3">{t('dialog.actsAs')}</p>
      <FormError message={save.error === null || refused.size > 0 ? undefined : explainError(save.error)} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
        <Button type="submit" variant="primary" loading={save.isPending}>
          {t('dialog.save')}
        </Button>
      </div>
    </form>
  );
}

/** The form of the operation, as the type of the first resource asks for it. */
function Parameters({
  draft,
  errors,
  onChange,
}: {
  draft: Draft;
  errors: ReadonlyMap<string, string>;
  onChange: (patch: Partial<Draft>) => void;
}) {
  const t = useT('schedules');
  const [first] = draft.resources;
  const { data } = useQuery({
    ...resourceQuery(useWorkspacePlace(), first?.id ?? ''),
    enabled: first !== undefined,
  });
  const operation = data?.operations.find(({ id }) => id === 'resize');
  if (first === undefined) return <Notice>{t('dialog.resizeNeedsResource')}</Notice>;
  if (data !== undefined && operation === undefined)
    return <Notice tone="warn">{t('dialog.cannotResize', { name: first.name })}</Notice>;
  if (operation === undefined) return <SkeletonLines lines={2} />;
  return (
    <>
      <DataFields
        form="resize"
        fields={operation.parameters}
        values={draft.parameters}
        errors={Object.fromEntries(errors)}
        onChange={(name, value) => onChange({ parameters: { ...draft.parameters, [name]: value } })}
      />
      <p className="text-xs text-ink-3">{t('dialog.resizeHelp')}</p>
    </>
  );
}

/** What the server says of fields, by the field's place in this form. */
function fieldErrors(error: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!isApiError(error)) return found;
  for (const { path, code, message } of error.problem.errors ?? []) {
    const [, first = '', second = ''] = path.split('.');
    const field = first === 'parameters' ? second : first;
    found.set(field, describeField({ field, code, message }));
  }
  return found;
}
