import type { RuleView } from '@cloudatlas/contracts/finops';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { SearchX } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useLabels } from '@/features/accounts/labels.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { DateTime } from '@/ui/values.tsx';
import { useSavingsPaths } from '../paths.ts';
import { rulesQuery, savingsApi } from '../queries.ts';
import { undoTones, useLocal } from '../words.ts';
import { RuleSwitch } from './rules.tsx';

/** One rule: when it fires, what it needs, and the numbers the organization may change. */
export function Rule() {
  const t = useT('savings');
  const local = useLocal();
  const labels = useLabels();
  const to = useSavingsPaths();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { ruleId = '' } = useParams();
  const { data, error, refetch } = useQuery(rulesQuery(useWorkspacePlace()));
  const rule = data?.find((each) => each.id === ruleId);
  const search = params.toString();
  return (
    <Sheet
      open
      onOpenChange={() =>
        void navigate(`${to.rules}${search === '' ? '' : `?${search}`}`, { preventScrollReset: true })
      }
      title={rule === undefined ? t('rules.one') : local(rule.title)}
      {...(rule === undefined
        ? {}
        : { description: `${labels.provider(rule.provider)} · ${labels.type(rule.resourceType)}` })}
    >
      {rule !== undefined ? (
        <Loaded rule={rule} />
      ) : data !== undefined ? (
        <EmptyState icon={SearchX} title={t('rules.goneTitle')} />
      ) : error === null ? (
        <SkeletonLines lines={8} />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </Sheet>
  );
}

function Loaded({ rule }: { rule: RuleView }) {
  const t = useT('savings');
  const local = useLocal();
  const labels = useLabels();
  const to = useSavingsPaths();
  return (
    <div className="flex flex-col gap-6">
      <section className="flex flex-col gap-3">
        <label className="flex items-center justify-between gap-4 rounded-md border border-line px-3 py-2.5">
          <span className="font-medium">{t('rules.looks')}</span>
          <RuleSwitch rule={rule} />
        </label>
        <div className="flex flex-wrap gap-1.5">
          <Badge>{t(`category.${rule.category}`)}</Badge>
          <Badge>{t('detail.confidence', { value: t(`grade.${rule.confidence}`) })}</Badge>
          <Badge>{t('detail.effort', { value: t(`effort.${rule.effort}`) })}</Badge>
          {rule.action === null ? (
            <Badge>{t('advice')}</Badge>
          ) : (
            <Badge tone={undoTones[rule.undoClass]}>{t(`undo.${rule.undoClass}`)}</Badge>
          )}
          {rule.restart ? <Badge tone="warn">{t('restart')}</Badge> : null}
        </div>
        <Said label={t('rules.criterion')}>{local(rule.criterion)}</Said>
        <Said label={t('rules.remedy')}>{local(rule.remedy)}</Said>
        <Said label={t('rules.saving')}>{t(`method.${rule.savingMethod}`)}</Said>
        <p className="flex flex-wrap gap-x-4 gap-y-1">
          <Link
            className="font-medium text-accent-text hover:underline"
            to={to.savingsWith(`rule=${encodeURIComponent(rule.id)}`)}
          >
            {t('rules.seeFindings')}
          </Link>
          <Link
            className="font-medium text-accent-text hover:underline"
            to={to.whyNot(`rule=${encodeURIComponent(rule.id)}`)}
          >
            {t('rules.seeWhyNot')}
          </Link>
        </p>
      </section>
      <Tuning key={JSON.stringify([rule.values, rule.snoozedUntil])} rule={rule} />
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">{t('rules.needs')}</h3>
        {rule.metrics.length === 0 ? null : (
          <Said label={t('rules.metrics')}>
            {rule.metrics.map((metric) => labels.metric(metric, metric)).join(', ')}
          </Said>
        )}
        {(['read', 'apply', 'undo'] as const).map((kind) =>
          rule.permissions[kind].length === 0 ? null : (
            <Said key={kind} label={t(`rules.permissions.${kind}`)}>
              <code className="font-mono text-xs break-words">{rule.permissions[kind].join(', ')}</code>
            </Said>
          ),
        )}
        <Said label={t('rules.id')}>
          <code className="font-mono text-xs">{rule.id}</code>
        </Said>
      </section>
    </div>
  );
}

function Said({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <p className="text-xs text-ink-3">{label}</p>
      <p className="min-w-0">{children}</p>
    </div>
  );
}

const dayMs = 86_400_000;
const snoozes = ['7', '30', '90'] as const;

/** The unit of a threshold in words; units such as GiB are the same in every language. */
function useUnit(): (unit: string) => string {
  const t = useT('savings');
  return (unit) => (i18next.exists(`unit.${unit}`, { ns: 'savings' }) ? t(`unit.${unit}`) : unit);
}

/** Thresholds within their bounds, and a rest for the rule. */
function Tuning({ rule }: { rule: RuleView }) {
  const t = useT('savings');
  const local = useLocal();
  const format = useFormat();
  const unitOf = useUnit();
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('finops:configure');
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(rule.parameters.map(({ id }) => [id, String(rule.values[id] ?? '')])),
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const wrong = rule.parameters.filter(({ id, minimum, maximum }) => {
    const text = values[id]?.trim() ?? '';
    const value = Number(text);
    return text === '' || !Number.isFinite(value) || value < minimum || value > maximum;
  });
  const send = async (body: Parameters<typeof savingsApi.changeRule>[2], done: string): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const next = await savingsApi.changeRule(place, rule.id, body);
      client.setQueryData(rulesQuery(place).queryKey, (before) =>
        before?.map((each) => (each.id === next.id ? next : each)),
      );
      toast.success(done);
    } catch (error) {
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (wrong.length > 0 || busy) return;
    // What equals the default is not a setting: the default may get better one day.
    const changed = rule.parameters.map((parameter) => {
      const value = Number(values[parameter.id]);
      return [parameter.id, value === parameter.default ? null : value] as const;
    });
    void send({ values: Object.fromEntries(changed) }, t('rules.saved'));
  };
  return (
    <>
      {rule.parameters.length === 0 ? null : (
        <form onSubmit={save} noValidate className="flex flex-col gap-3">
          <h3 className="font-semibold">{t('rules.thresholds')}</h3>
          {rule.parameters.map((parameter) => {
            const bounds = {
              minimum: format.number(parameter.minimum),
              maximum: format.number(parameter.maximum),
              unit: unitOf(parameter.unit),
              usual: format.number(parameter.default),
            };
            return (
              <Field
                key={parameter.id}
                label={local(parameter.label)}
                help={t('rules.bounds', bounds)}
                error={wrong.includes(parameter) ? t('rules.outOfBounds', bounds) : undefined}
              >
                {(control) => (
                  <Input
                    {...control}
                    inputMode="decimal"
                    className="num max-w-40"
                    readOnly={denial !== undefined}
                    value={values[parameter.id] ?? ''}
                    onChange={({ target: { value } }) =>
                      setValues((before) => ({ ...before, [parameter.id]: value }))
                    }
                  />
                )}
              </Field>
            );
          })}
          <FormError message={problem} />
          <span className="flex flex-wrap gap-2">
            <Button type="submit" variant="primary" loading={busy} disabledReason={denial}>
              {t('save')}
            </Button>
            <Button
              disabledReason={denial}
              onClick={() =>
                void send(
                  { values: Object.fromEntries(rule.parameters.map(({ id }) => [id, null])) },
                  t('rules.saved'),
                )
              }
            >
              {t('rules.defaults')}
            </Button>
          </span>
        </form>
      )}
      <section className="flex flex-col gap-2">
        <h3 className="font-semibold">{t('rules.snooze')}</h3>
        {rule.snoozedUntil === null ? (
          <Select
            className="max-w-56"
            aria-label={t('rules.snooze')}
            placeholder={t('rules.snoozeNot')}
            disabled={denial !== undefined || busy}
            value=""
            onChange={({ target: { value } }) =>
              void send(
                { snoozedUntil: new Date(Date.now() + Number(value) * dayMs).toISOString() },
                t('rules.snoozedNow'),
              )
            }
            options={snoozes.map((value) => ({ value, label: t('rules.snoozeFor', { days: value }) }))}
          />
        ) : (
          <p className="flex flex-wrap items-center gap-3">
            <span>
              {t('rules.snoozedUntil')} <DateTime at={rule.snoozedUntil} />
            </span>
            <Button
              size="sm"
              loading={busy}
              disabledReason={denial}
              onClick={() => void send({ snoozedUntil: null }, t('rules.awake'))}
            >
              {t('rules.wake')}
            </Button>
          </p>
        )}
      </section>
    </>
  );
}
