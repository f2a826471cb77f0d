import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApprovalSettings } from '@cloudatlas/contracts/finops-actions';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Gated } from '@/features/costs/control/plan-gate.tsx';
import { Card } from '@/ui/card.tsx';
import { Field } from '@/ui/field.tsx';
import { Select } from '@/ui/select.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { approvalModes, approvalQuery, savingsApi, type ApprovalMode as Mode } from '../queries.ts';

/** Days that are offered for a decision. */
const decisionDays = [1, 3, 7, 14, 30, 90];

/** Whether a second person must agree before anything is applied. */
export function ApprovalMode() {
  const t = useT('savings');
  return (
    <Gated feature="finops.approval" name={t('approvalMode.title')}>
      <Card title={t('approvalMode.title')} description={t('approvalMode.text')}>
        <Choice />
      </Card>
    </Gated>
  );
}

function Choice() {
  const t = useT('savings');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('finops:configure');
  const query = approvalQuery(place);
  const { data, error, refetch } = useQuery(query);
  const change = useMutation({
    mutationFn: (settings: ApprovalSettings) => savingsApi.saveApproval(place, settings),
    onSuccess: (saved) => {
      client.setQueryData(query.queryKey, saved);
      toast.success(t('settings.saved'));
    },
    onError: (problem) => toast.error(explainError(problem)),
  });
  if (data === undefined)
    return error === null ? (
      <Skeleton className="h-8! w-full" />
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    );
  const shown = change.isPending ? change.variables : data;
  const disabled = denial !== undefined || change.isPending;
  // A number that came by the API is one of the choices too.
  const days = [...new Set([...decisionDays, shown.expireDays])].toSorted((a, b) => a - b);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('approvalMode.label')} {...(denial === undefined ? {} : { help: denial })}>
        {(control) => (
          <Select
            {...control}
            disabled={disabled}
            value={shown.mode}
            onChange={({ target: { value } }) => change.mutate({ ...shown, mode: value as Mode })}
            options={approvalModes.map((value) => ({ value, label: t(`approvalMode.mode.${value}`) }))}
          />
        )}
      </Field>
      {shown.mode === 'none' ? null : (
        <Field label={t('approvalMode.expires')} help={t('approvalMode.expiresHelp')}>
          {(control) => (
            <Select
              {...control}
              disabled={disabled}
              value={String(shown.expireDays)}
              onChange={({ target: { value } }) => change.mutate({ ...shown, expireDays: Number(value) })}
              options={days.map((count) => ({
                value: String(count),
                label: t('approvalMode.days', { count }),
              }))}
            />
          )}
        </Field>
      )}
    </div>
  );
}
