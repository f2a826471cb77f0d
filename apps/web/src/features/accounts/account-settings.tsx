import type { CloudAccount } from '@cloudatlas/contracts/accounts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { Switch } from '@/ui/choice.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { FeatureChoice } from './feature-choice.tsx';
import { useCloudPaths } from './paths.ts';
import { accountsApi, useWorkspacePlace, workspaceKey } from './queries.ts';

/** What can be changed about an account: what it may be used for, its name, whether it is used, that it exists. */
export function AccountSettings({ account }: { account: CloudAccount }) {
  const t = useT('accounts');
  const place = useWorkspacePlace();
  const client = useQueryClient();
  const denial = useDenial('accounts:write');
  const [name, setName] = useState(account.name);
  const [removing, setRemoving] = useState(false);
  const navigate = useNavigate();
  const to = useCloudPaths();
  const update = useMutation({
    mutationFn: (change: Parameters<typeof accountsApi.update>[2]) =>
      accountsApi.update(place, account.id, change),
    onSuccess: async () => {
      toast.success(t('saved'));
      await client.invalidateQueries({ queryKey: workspaceKey(place) });
    },
    onError: (error) => toast.error(explainError(error)),
  });
  const features = update.variables?.features ?? account.features;
  const rename = (event: FormEvent): void => {
    event.preventDefault();
    if (denial === undefined && name.trim() !== '' && name.trim() !== account.name)
      update.mutate({ name: name.trim() });
  };
  return (
    <>
      <Card title={t('features.title')} description={t('features.text')}>
        <FeatureChoice
          disabled={denial !== undefined || update.isPending}
          value={update.isPending ? features : account.features}
          onChange={(next) => update.mutate({ features: next })}
        />
        {denial === undefined ? null : <p className="mt-2 text-xs text-ink-3">{denial}</p>}
      </Card>
      <Card title={t('settings.title')}>
        <div className="flex flex-col gap-4">
          <form onSubmit={rename}>
            <Field label={t('column.name')}>
              {(control) => (
                <div className="flex gap-2">
                  <Input
                    {...control}
                    maxLength={120}
                    disabled={denial !== undefined}
                    value={name}
                    onChange={(event) => setName(event.target.value)}
                  />
                  <Button type="submit" disabledReason={denial}>
                    {t('settings.rename')}
                  </Button>
                </div>
              )}
            </Field>
          </form>
          <div className="flex items-start justify-between gap-4">
            <span>
              <span className="block font-medium">{t('settings.enabled')}</span>
              <span className="block text-ink-2">{t('settings.enabledText')}</span>
            </span>
            <Switch
              aria-label={t('settings.enabled')}
              disabled={denial !== undefined || update.isPending}
              checked={update.isPending ? (update.variables.enabled ?? account.enabled) : account.enabled}
              onCheckedChange={(enabled) => update.mutate({ enabled })}
            />
          </div>
        </div>
      </Card>
      <Card danger title={t('remove.title')} description={t('remove.text')}>
        <Button variant="danger" disabledReason={denial} onClick={() => setRemoving(true)}>
          {t('remove.action')}
        </Button>
      </Card>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        destructive
        title={t('remove.question', { name: account.name })}
        confirmLabel={t('remove.action')}
        typeToConfirm={account.name}
        explain={explainError}
        onConfirm={async () => {
          await accountsApi.remove(place, account.id, account.name);
          toast.success(t('remove.done', { name: account.name }));
          await navigate(to.accounts);
          await client.invalidateQueries({ queryKey: workspaceKey(place) });
        }}
      >
        <p>{t('remove.what')}</p>
        <p>{t('remove.undo')}</p>
      </ConfirmDialog>
    </>
  );
}
