import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SubmitEventHandler } from 'react';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Checkbox } from '@/ui/choice.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { FormError } from '@/ui/form.tsx';
import { overviewQuery } from '../queries.ts';
import { CostFilters } from '../report/filters.tsx';
import type { Filter } from '../state.ts';

interface WatchDialogProps {
  title: string;
  description: string;
  onClose: () => void;
  onSubmit: SubmitEventHandler<HTMLFormElement>;
  busy: boolean;
  /** A problem that belongs to no field. */
  rootError: string | undefined;
  /** Why it can't be changed. */
  denial: string | undefined;
  /** Heading of the filters that say which costs are watched. */
  scopeTitle: string;
  filters: Filter[];
  onFilters: (filters: Filter[]) => void;
  enabledLabel: string;
  enabled: boolean;
  onEnabled: (on: boolean) => void;
  /** Absent for a new one. */
  removal?: { title: string; text: string; run: () => Promise<void> } | undefined;
  /** Fields above the filters. */
  children: ReactNode;
  /** Fields below them. */
  below?: ReactNode;
}

/** The form of something that watches a part of the costs: a budget, a rule for alerts. */
export function WatchDialog(props: WatchDialogProps) {
  const t = useT('costs');
  const { data: overview } = useQuery(overviewQuery(useWorkspacePlace()));
  const [removing, setRemoving] = useState(false);
  const { denial, onClose, removal } = props;
  return (
    <Dialog open onOpenChange={onClose} width="lg" title={props.title} description={props.description}>
      <form onSubmit={props.onSubmit} noValidate className="flex flex-col gap-4">
        {props.children}
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1.5 font-medium">{props.scopeTitle}</legend>
          <CostFilters filters={props.filters} onChange={props.onFilters} tagKeys={overview?.tagKeys ?? []} />
          <p className="text-xs text-ink-3">{t('scope.help')}</p>
        </fieldset>
        {props.below}
        <label className="flex items-center gap-2">
          <Checkbox checked={props.enabled} onCheckedChange={(on) => props.onEnabled(on === true)} />
          {props.enabledLabel}
        </label>
        <FormError message={props.rootError} />
        <div className="flex flex-wrap justify-end gap-2">
          {removal === undefined ? null : (
            <span className="mr-auto">
              <Button variant="danger" disabledReason={denial} onClick={() => setRemoving(true)}>
                {t('remove')}
              </Button>
            </span>
          )}
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={props.busy} disabledReason={denial}>
            {t('save')}
          </Button>
        </div>
      </form>
      {removal === undefined ? null : (
        <ConfirmDialog
          open={removing}
          onOpenChange={setRemoving}
          title={removal.title}
          confirmLabel={t('remove')}
          destructive
          onConfirm={async () => {
            await removal.run();
            onClose();
          }}
          explain={explainError}
        >
          <p>{removal.text}</p>
        </ConfirmDialog>
      )}
    </Dialog>
  );
}
