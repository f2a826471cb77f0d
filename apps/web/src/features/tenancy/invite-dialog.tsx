import type { Role } from '@cloudatlas/contracts/permissions';
import { useApiForm } from '@/app/form.ts';
import { useT } from '@/app/i18n.ts';
import { useOrganization } from '@/app/scope.tsx';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { FormError } from '@/ui/form.tsx';
import { Input } from '@/ui/input.tsx';
import { Select } from '@/ui/select.tsx';
import { toast } from '@/ui/toast-store.ts';
import { tenancyApi } from './queries.ts';
import { roleOptions } from './role-options.ts';

interface InviteDialogProps {
  onClose: () => void;
  onInvited: () => Promise<void>;
}

/** What the form starts with: the role that can do least. */
const first: Role = 'viewer';

/** Invites one person by e-mail with a role. */
export function InviteDialog({ onClose, onInvited }: InviteDialogProps) {
  const t = useT('tenancy');
  const organization = useOrganization();
  const { form, register, submit, errorOf, busy, rootError } = useApiForm(
    async () => (await import('@cloudatlas/contracts/tenancy')).CreateInvitationBody,
    { email: '', role: first },
  );
  const role = form.watch('role');
  const invite = submit(async (values) => {
    await tenancyApi.invite(organization.slug, values);
    toast.success(t('invitations.sentTo', { email: values.email }));
    onClose();
    await onInvited();
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('invitations.inviteTitle', { organization: organization.name })}
      description={t('invitations.inviteText')}
    >
      <form onSubmit={invite} noValidate className="flex flex-col gap-4">
        <Field label={t('members.email')} error={errorOf('email')}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              type="email"
              inputMode="email"
              autoComplete="off"
              {...register('email')}
            />
          )}
        </Field>
        <Field label={t('members.role')} error={errorOf('role')} help={t(`role.${role}.text`)}>
          {(control) => (
            <Select {...control} options={roleOptions(t, organization.role)} {...register('role')} />
          )}
        </Field>
        <FormError message={rootError} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('ui:confirm.cancel')}</Button>
          <Button type="submit" variant="primary" loading={busy}>
            {t('invitations.send')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
