import type { Invitation } from '@cloudatlas/contracts/tenancy';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Mail, MailPlus, RotateCw, Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useT } from '@/app/i18n.ts';
import { usePagedRows } from '@/app/paged-rows.tsx';
import { explainError } from '@/app/problem.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { Page } from '@/app/shell/page.tsx';
import { Badge, type Tone } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { MenuItem } from '@/ui/menu.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { RelativeTime } from '@/ui/values.tsx';
import { invitationsQuery, tenancyApi } from '../queries.ts';

const InviteDialog = lazyNamed(() => import('../invite-dialog.tsx').then((module) => module.InviteDialog));

const tones: Record<Invitation['status'], Tone> = {
  pending: 'accent',
  accepted: 'ok',
  revoked: 'neutral',
  expired: 'warn',
};

/** Invitations sent, and new ones. */
export function Invitations() {
  const t = useT('tenancy');
  const organization = useOrganization();
  const client = useQueryClient();
  const denial = useDenial('members:write');
  const [filters, setFilters] = useFilters(['new']);
  const query = useInfiniteQuery(invitationsQuery(organization.slug));
  const paged = usePagedRows(query);
  const [revoking, setRevoking] = useState<Invitation>();
  const columns = useColumns();
  const refresh = () => client.invalidateQueries({ queryKey: invitationsQuery(organization.slug).queryKey });
  const resend = useMutation({
    mutationFn: (invitation: Invitation) => tenancyApi.resendInvitation(organization.slug, invitation.id),
    onSuccess: async (_, invitation) => {
      toast.success(t('invitations.resent', { email: invitation.email }));
      await refresh();
    },
    onError: (error) => toast.error(explainError(error)),
  });
  const invite = (
    <Button variant="primary" disabledReason={denial} onClick={() => setFilters({ new: '1' })}>
      <MailPlus /> {t('invitations.invite')}
    </Button>
  );
  return (
    <Page title={t('invitations.title')} description={t('invitations.text')} actions={invite}>
      <DataTable
        id="invitations"
        label={t('invitations.title')}
        columns={columns}
        {...paged}
        rowKey={(invitation) => invitation.id}
        rowName={(invitation) => invitation.email}
        empty={
          <EmptyState icon={Mail} title={t('invitations.emptyTitle')} action={invite}>
            {t('invitations.emptyText')}
          </EmptyState>
        }
        renderRowActions={(invitation) =>
          invitation.status === 'pending' || invitation.status === 'expired' ? (
            <>
              <MenuItem disabledReason={denial} onSelect={() => resend.mutate(invitation)}>
                <RotateCw /> {t('invitations.resend')}
              </MenuItem>
              {invitation.status === 'pending' ? (
                <MenuItem danger disabledReason={denial} onSelect={() => setRevoking(invitation)}>
                  <Trash2 /> {t('invitations.revoke')}
                </MenuItem>
              ) : null}
            </>
          ) : null
        }
      />
      <Suspense fallback={null}>
        {filters.new !== undefined && denial === undefined ? (
          <InviteDialog onClose={() => setFilters({ new: null })} onInvited={refresh} />
        ) : null}
      </Suspense>
      <ConfirmDialog
        open={revoking !== undefined}
        onOpenChange={() => setRevoking(undefined)}
        destructive
        title={t('invitations.revokeTitle', { email: revoking?.email ?? '' })}
        confirmLabel={t('invitations.revoke')}
        explain={explainError}
        onConfirm={async () => {
          if (revoking !== undefined) await tenancyApi.revokeInvitation(organization.slug, revoking.id);
          toast.success(t('invitations.revoked'));
          await refresh();
        }}
      >
        <p>{t('invitations.revokeText')}</p>
      </ConfirmDialog>
    </Page>
  );
}

function useColumns(): readonly Column<Invitation>[] {
  const t = useT('tenancy');
  return [
    {
      id: 'email',
      header: t('members.email'),
      fixed: true,
      value: (invitation) => invitation.email,
      cell: (invitation) => <span className="font-medium">{invitation.email}</span>,
    },
    {
      id: 'role',
      header: t('members.role'),
      from: 'sm',
      width: '8rem',
      value: (invitation) => t(`ui:role.${invitation.role}`),
      cell: (invitation) => t(`ui:role.${invitation.role}`),
    },
    {
      id: 'status',
      header: t('invitations.status'),
      width: '7rem',
      value: (invitation) => t(`invitations.state.${invitation.status}`),
      cell: (invitation) => (
        <Badge tone={tones[invitation.status]} dot>
          {t(`invitations.state.${invitation.status}`)}
        </Badge>
      ),
    },
    {
      id: 'invitedBy',
      header: t('invitations.invitedBy'),
      from: 'lg',
      value: (invitation) => invitation.invitedBy,
      cell: (invitation) => <span className="text-ink-2">{invitation.invitedBy}</span>,
    },
    {
      id: 'created',
      header: t('invitations.sent'),
      from: 'md',
      width: '8rem',
      value: (invitation) => invitation.createdAt,
      cell: (invitation) => <RelativeTime at={invitation.createdAt} className="text-ink-2" />,
    },
    {
      id: 'expires',
      header: t('invitations.expires'),
      from: 'md',
      width: '8rem',
      value: (invitation) => invitation.expiresAt,
      cell: (invitation) => <RelativeTime at={invitation.expiresAt} className="text-ink-2" />,
    },
  ];
}
