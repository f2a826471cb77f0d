import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError, Notice } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { organizationQuery, organizationsQuery, tenancyApi } from '../queries.ts';

/** Name, address and deletion of the organization. */
export function General() {
  const t = useT('tenancy');
  const organization = useOrganization();
  return (
    <Page title={t('general.title')} width="narrow">
      {organization.deletionScheduledAt === null ? null : (
        <PendingDeletion at={organization.deletionScheduledAt} />
      )}
      {/* A renamed organization gets a fresh form. */}
      <RenameCard key={`${organization.name} ${organization.slug}`} />
      {organization.deletionScheduledAt === null ? <DeleteCard /> : null}
    </Page>
  );
}

function RenameCard() {
  const t = useT('tenancy');
  const organization = useOrganization();
  const denial = useDenial('organization:write');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { form, register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/tenancy')).UpdateOrganizationBody,
    {
      name: organization.name,
      slug: organization.slug,
    },
  );
  const moved = form.watch('slug') !== organization.slug;
  const save = submit(async (values) => {
    const updated = await tenancyApi.updateOrganization(organization.slug, {
      name: values.name,
      ...(moved ? { slug: values.slug } : {}),
    });
    client.setQueryData(organizationQuery(updated.slug).queryKey, updated);
    await client.invalidateQueries({ queryKey: organizationsQuery.queryKey });
    toast.success(t('general.saved'));
    if (moved) void navigate(paths.organizationSettings(updated.slug, 'general'), { replace: true });
  });
  return (
    <form onSubmit={save} noValidate>
      <Card
        title={t('general.identity')}
        footer={
          <Button type="submit" variant="primary" loading={busy} disabledReason={denial}>
            {t('general.save')}
          </Button>
        }
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('general.name')} error={errorOf('name')}>
            {(control) => <Input {...control} readOnly={denial !== undefined} {...register('name')} />}
          </Field>
          <Field label={t('slug.label')} error={errorOf('slug')} help={t('slug.rules')}>
            {(control) => (
              <Input {...control} spellCheck={false} readOnly={denial !== undefined} {...register('slug')} />
            )}
          </Field>
        </div>
        {moved ? (
          <div className="mt-4">
            <Notice tone="warn">{t('general.movedWarning')}</Notice>
          </div>
        ) : null}
        <div className="mt-4 empty:hidden">
          <FormError message={rootError} />
        </div>
      </Card>
    </form>
  );
}

function DeleteCard() {
  const t = useT('tenancy');
  const organization = useOrganization();
  const denial = useDenial('organization:delete');
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  return (
    <Card
      danger
      flush
      title={t('general.deleteTitle')}
      description={t('general.deleteText')}
      actions={
        <Button variant="danger" disabledReason={denial} onClick={() => setAsking(true)}>
          {t('general.delete')}
        </Button>
      }
    >
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive
        title={t('general.deleteAsk', { name: organization.name })}
        confirmLabel={t('general.delete')}
        typeToConfirm={organization.slug}
        explain={explainError}
        onConfirm={async () => {
          await tenancyApi.deleteOrganization(organization.slug, organization.slug);
          await client.invalidateQueries({ queryKey: ['org', organization.slug] });
          await client.invalidateQueries({ queryKey: organizationsQuery.queryKey });
          toast.info(t('general.deletionScheduled'));
        }}
      >
        <p>{t('general.deleteEffect')}</p>
        <p>{t('general.deleteGrace')}</p>
      </ConfirmDialog>
    </Card>
  );
}

function PendingDeletion({ at }: { at: string }) {
  const t = useT('tenancy');
  const format = useFormat();
  const organization = useOrganization();
  const denial = useDenial('organization:delete');
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: () => tenancyApi.restoreOrganization(organization.slug),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['org', organization.slug] });
      await client.invalidateQueries({ queryKey: organizationsQuery.queryKey });
      toast.success(t('general.restored'));
    },
    onError: (error) => toast.error(explainError(error)),
  });
  return (
    <Notice
      tone="danger"
      action={
        <Button loading={restore.isPending} disabledReason={denial} onClick={() => restore.mutate()}>
          {t('general.restore')}
        </Button>
      }
    >
      <strong className="font-semibold">{t('general.pendingTitle')}</strong>{' '}
      {t('general.pendingText', { when: format.dateTime(at) })}
    </Notice>
  );
}
