import type { Role } from '@cloudatlas/contracts/permissions';
import type { Member, Workspace } from '@cloudatlas/contracts/tenancy';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useOrganization } from '@/app/scope.tsx';
import { Avatar } from '@/ui/avatar.tsx';
import { Field } from '@/ui/field.tsx';
import { Notice } from '@/ui/form.tsx';
import { Select } from '@/ui/select.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { toast } from '@/ui/toast-store.ts';
import { DateTime } from '@/ui/values.tsx';
import { membersQuery, tenancyApi, workspacesQuery } from './queries.ts';
import { roleOptions } from './role-options.ts';

interface MemberPanelProps {
  member: Member;
  /** Why the member cannot be changed, if so. */
  reason: string | undefined;
  onClose: () => void;
}

/** One member: their role in the organization and in single workspaces. */
export function MemberPanel({ member, reason, onClose }: MemberPanelProps) {
  return (
    <Sheet open onOpenChange={onClose} title={member.name} description={member.email}>
      <MemberRoles member={member} reason={reason} />
    </Sheet>
  );
}

function MemberRoles({ member, reason }: { member: Member; reason: string | undefined }) {
  const t = useT('tenancy');
  const organization = useOrganization();
  const client = useQueryClient();
  const workspaces = useQuery(workspacesQuery(organization.slug)).data;
  const change = useMutation({
    mutationFn: ({ workspace, role }: { workspace: Workspace | null; role: Role | null }) => {
      if (workspace === null) return tenancyApi.changeRole(organization.slug, member.id, role ?? member.role);
      if (role === null) return tenancyApi.clearOverride(organization.slug, member.id, workspace.slug);
      return tenancyApi.setOverride(organization.slug, member.id, workspace.slug, role);
    },
    onSuccess: async () => {
      toast.success(t('members.roleChanged'));
      // One's own role decides what the pages offer, so the organization is read again too.
      await client.invalidateQueries({ queryKey: ['org', organization.slug] });
      await client.invalidateQueries({ queryKey: membersQuery(organization.slug).queryKey });
    },
    onError: (error) => toast.error(explainError(error)),
  });
  const locked = reason !== undefined || change.isPending;
  const options = roleOptions(t, organization.role);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex items-center gap-3">
        <Avatar name={member.name} size="lg" />
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
          <dt className="text-ink-3">{t('members.joined')}</dt>
          <dd>
            <DateTime at={member.joinedAt} />
          </dd>
          <dt className="text-ink-3">{t('members.mfa')}</dt>
          <dd>{member.mfaEnabled ? t('members.mfaOn') : t('members.mfaOff')}</dd>
        </dl>
      </div>
      {reason === undefined ? null : <Notice>{reason}</Notice>}
      <Field label={t('members.organizationRole')} help={t(`role.${member.role}.text`)}>
        {(control) => (
          <Select
            {...control}
            disabled={locked}
            value={member.role}
            options={options}
            onChange={(event) => change.mutate({ workspace: null, role: event.target.value as Role })}
          />
        )}
      </Field>
      <section className="flex flex-col gap-3">
        <div>
          <h3 className="font-semibold">{t('members.overrides')}</h3>
          <p className="text-ink-2">{t('members.overridesText')}</p>
        </div>
        {workspaces === undefined ? <SkeletonLines lines={2} /> : null}
        {workspaces?.map((workspace) => (
          <Field key={workspace.id} label={workspace.name}>
            {(control) => (
              <Select
                {...control}
                disabled={locked}
                value={member.overrides.find((override) => override.workspaceId === workspace.id)?.role ?? ''}
                placeholder={t('members.asOrganization', { role: t(`ui:role.${member.role}`) })}
                options={options.filter((option) => option.value !== 'owner')}
                onChange={(event) =>
                  change.mutate({
                    workspace,
                    role: event.target.value === '' ? null : (event.target.value as Role),
                  })
                }
              />
            )}
          </Field>
        ))}
      </section>
    </div>
  );
}
