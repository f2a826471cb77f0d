import type { Permission } from '@cloudatlas/contracts/permissions';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { lastPlace } from '@/app/last-place.ts';
import { organizationsQuery } from '@/features/tenancy/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Checkbox } from '@/ui/choice.tsx';
import { CodeBlock } from '@/ui/code-block.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { accountApi } from './queries.ts';

interface CreateApiKeyDialogProps {
  onClose: () => void;
  onCreated: () => Promise<void>;
}

const lifetimes = [7, 30, 90, 180, 365] as const;

/** Name, organization, permissions and lifetime; then the key, shown once. */
export function CreateApiKeyDialog({ onClose, onCreated }: CreateApiKeyDialogProps) {
  const t = useT('identity');
  const [secret, setSecret] = useState<string>();
  const { data: organizations = [] } = useQuery(organizationsQuery);
  const { form, register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/identity')).CreateApiKeyBody,
    {
      name: '',
      organization: lastPlace.organization() ?? organizations[0]?.slug ?? '',
      permissions: [] as Permission[],
      expiresInDays: 90,
    },
  );
  const slug = form.watch('organization');
  const chosen = form.watch('permissions');
  // A key can do no more than the person who makes it.
  const available = organizations.find((organization) => organization.slug === slug)?.permissions ?? [];
  const set = (permission: Permission, on: boolean): void =>
    form.setValue(
      'permissions',
      available.filter((name) => (name === permission ? on : chosen.includes(name))),
      { shouldValidate: form.formState.isSubmitted },
    );
  const create = submit(async (values) => {
    setSecret((await accountApi.createApiKey(values)).secret);
    await onCreated();
  });

  if (secret !== undefined) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={t('keys.createdTitle')}
        footer={
          <Button variant="primary" onClick={onClose}>
            {t('codes.done')}
          </Button>
        }
      >
        <div className="flex flex-col gap-3">
          <Notice tone="warn">{t('keys.once')}</Notice>
          <CodeBlock code={secret} label={t('keys.createdTitle')} />
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onOpenChange={onClose} title={t('keys.create')} width="lg">
      <form onSubmit={create} noValidate className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t('keys.name')} error={errorOf('name')}>
            {(control) => <Input {...control} autoComplete="off" {...register('name')} />}
          </Field>
          <Field label={t('keys.organization')} error={errorOf('organization')}>
            {(control) => (
              <Select
                {...control}
                options={organizations.map((organization) => ({
                  value: organization.slug,
                  label: organization.name,
                }))}
                {...register('organization', { onChange: () => form.setValue('permissions', []) })}
              />
            )}
          </Field>
          <Field label={t('keys.lifetime')} error={errorOf('expiresInDays')}>
            {(control) => (
              <Select
                {...control}
                options={lifetimes.map((days) => ({
                  value: String(days),
                  label: t('keys.days', { count: days }),
                }))}
                {...register('expiresInDays', { valueAsNumber: true })}
              />
            )}
          </Field>
        </div>
        <fieldset>
          <legend className="flex w-full items-center gap-2 pb-1.5 font-medium">
            {t('keys.permissions')}
            <Button size="sm" variant="link" onClick={() => form.setValue('permissions', [...available])}>
              {t('keys.all')}
            </Button>
            <Button size="sm" variant="link" onClick={() => form.setValue('permissions', [])}>
              {t('keys.none')}
            </Button>
          </legend>
          <div className="grid max-h-64 gap-x-4 overflow-y-auto rounded-md border border-line p-2 sm:grid-cols-2">
            {available.map((permission) => (
              <label
                key={permission}
                className="flex items-center gap-2.5 rounded-sm px-1.5 py-1.5 hover:bg-hover"
              >
                <Checkbox
                  checked={chosen.includes(permission)}
                  onCheckedChange={(checked) => set(permission, checked === true)}
                />
                <code className="truncate font-mono text-xs">{permission}</code>
              </label>
            ))}
          </div>
          {errorOf('permissions') === undefined ? null : (
            <p role="alert" className="mt-1.5 text-xs text-danger-text">
              {errorOf('permissions')}
            </p>
          )}
        </fieldset>
        <FormError message={rootError} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={busy}>
            {t('keys.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
