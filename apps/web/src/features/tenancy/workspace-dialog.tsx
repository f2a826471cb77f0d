import type { Workspace } from '@cloudatlas/contracts/tenancy';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { useOrganization } from '@/app/scope.tsx';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { toast } from '@/ui/toast-store.ts';
import { tenancyApi } from './queries.ts';
import { slugify } from './slug.ts';

interface WorkspaceDialogProps {
  /** The one to change; a new one when undefined. */
  workspace: Workspace | undefined;
  onClose: () => void;
  onSaved: () => Promise<void>;
}

/** New workspace, or another name and address of one. */
export function WorkspaceDialog({ workspace, onClose, onSaved }: WorkspaceDialogProps) {
  const t = useT('tenancy');
  const organization = useOrganization();
  const { form, register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('./forms.ts')).WorkspaceForm,
    {
      name: workspace?.name ?? '',
      slug: workspace?.slug ?? '',
    },
  );
  const suggestion = slugify(form.watch('name'));
  const save = submit(async ({ name, slug }) => {
    const body = slug === '' || slug === workspace?.slug ? { name } : { name, slug };
    if (workspace === undefined) await tenancyApi.createWorkspace(organization.slug, body);
    else await tenancyApi.updateWorkspace(organization.slug, workspace.slug, body);
    toast.success(workspace === undefined ? t('workspaces.createdToast', { name }) : t('workspaces.saved'));
    onClose();
    await onSaved();
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={workspace === undefined ? t('workspaces.create') : t('workspaces.edit')}
    >
      <form onSubmit={save} noValidate className="flex flex-col gap-4">
        <Field label={t('workspaces.name')} error={errorOf('name')}>
          {(control) => <Input {...control} autoFocus {...register('name')} />}
        </Field>
        <Field
          label={t('slug.label')}
          optional={workspace === undefined ? t('slug.optional') : ''}
          error={errorOf('slug')}
          help={t('slug.rules')}
        >
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              spellCheck={false}
              placeholder={suggestion}
              {...register('slug')}
            />
          )}
        </Field>
        <FormError message={rootError} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={busy}>
            {workspace === undefined ? t('workspaces.create') : t('workspaces.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
