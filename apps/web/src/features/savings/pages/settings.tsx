import type { SavingsSettings } from '@cloudatlas/contracts/finops';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input, Textarea } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState, NoPermission } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { savingsApi, savingsSettingsQuery } from '../queries.ts';
import { SavingsTabs } from '../section.tsx';
import { ApprovalMode } from '../settings/approval-mode.tsx';
import { Policies } from '../settings/policies.tsx';

/** What scans leave alone, how often they run, who must agree, and what is applied by itself. */
export function SavingsSettingsPage() {
  const t = useT('savings');
  const denial = useDenial('finops:read');
  const { data, error, refetch } = useQuery({
    ...savingsSettingsQuery(useWorkspacePlace()),
    enabled: denial === undefined,
  });
  return (
    <Page title={t('settings.title')} description={t('settings.text')}>
      <SavingsTabs />
      {denial === undefined ? (
        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
          <Card title={t('settings.scans')}>
            {data !== undefined ? (
              <SettingsForm settings={data} />
            ) : error === null ? (
              <SkeletonLines lines={8} />
            ) : (
              <ErrorState error={error} onRetry={() => void refetch()} />
            )}
          </Card>
          <div className="flex min-w-0 flex-col gap-5">
            <ApprovalMode />
            <Policies />
          </div>
        </div>
      ) : (
        <NoPermission need={t('settings.title')} />
      )}
    </Page>
  );
}

/** The settings as they are typed. */
interface Draft {
  excludeTags: string;
  minimumMonthly: string;
  regions: string;
  scanEveryHours: string;
}

const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  ),
];
/** A tag expression may hold a comma (`Key=~/a,b/`), so each has a line of its own. */
const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  ),
];

const everyHours = ['6', '12', '24', '168'] as const;

async function draftSchema() {
  const [{ z }, { SavingsSettings: contract }] = await Promise.all([
    import('zod'),
    import('@cloudatlas/contracts/finops'),
  ]);
  return z.object({
    excludeTags: z.string().transform(linesOf).pipe(contract.shape.excludeTags),
    minimumMonthly: contract.shape.minimumMonthly,
    regions: z.string().transform(listOf).pipe(contract.shape.regions),
    scanEveryHours: z.string(),
  });
}

function SettingsForm({ settings }: { settings: SavingsSettings }) {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('finops:configure');
  const { register, submit, errorOf, busy, rootError } = useApiForm<Draft>(draftSchema, {
    excludeTags: settings.excludeTags.join('\n'),
    minimumMonthly: settings.minimumMonthly,
    regions: settings.regions.join(', '),
    scanEveryHours: settings.scanEveryHours === null ? '' : String(settings.scanEveryHours),
  });
  const readOnly = denial !== undefined;
  const current = settings.scanEveryHours;
  const hours = [
    ...everyHours,
    ...(current === null || everyHours.some((each) => Number(each) === current) ? [] : [String(current)]),
  ];
  const save = submit(async (draft) => {
    const saved = await savingsApi.saveSettings(place, {
      excludeTags: linesOf(draft.excludeTags),
      minimumMonthly: draft.minimumMonthly,
      regions: listOf(draft.regions),
      scanEveryHours: draft.scanEveryHours === '' ? null : Number(draft.scanEveryHours),
    });
    client.setQueryData(savingsSettingsQuery(place).queryKey, saved);
    toast.success(t('settings.saved'));
  });
  return (
    <form onSubmit={save} noValidate className="flex flex-col gap-4">
      <Field label={t('settings.every')} help={t('settings.everyHelp')}>
        {(control) => (
          <Select
            {...control}
            {...register('scanEveryHours')}
            disabled={readOnly}
            placeholder={t('settings.byHand')}
            options={hours.map((value) => ({
              value,
              label: t('settings.hours', { count: Number(value), formatted: value }),
            }))}
          />
        )}
      </Field>
      <Field label={t('settings.minimum')} help={t('settings.minimumHelp')} error={errorOf('minimumMonthly')}>
        {(control) => (
          <Input
            {...control}
            {...register('minimumMonthly')}
            readOnly={readOnly}
            inputMode="decimal"
            className="num max-w-40"
          />
        )}
      </Field>
      <Field
        label={t('settings.tags')}
        optional={t('optional')}
        help={t('settings.tagsHelp')}
        error={errorOf('excludeTags')}
      >
        {(control) => (
          <Textarea
            {...control}
            {...register('excludeTags')}
            readOnly={readOnly}
            rows={4}
            spellCheck={false}
            placeholder={'keep\nenv==production'}
            className="font-mono text-xs"
          />
        )}
      </Field>
      <Field
        label={t('settings.regions')}
        optional={t('optional')}
        help={t('settings.regionsHelp')}
        error={errorOf('regions')}
      >
        {(control) => <Input {...control} {...register('regions')} readOnly={readOnly} spellCheck={false} />}
      </Field>
      <FormError message={rootError} />
      <span>
        <Button type="submit" variant="primary" loading={busy} disabledReason={denial}>
          {t('save')}
        </Button>
      </span>
    </form>
  );
}
