import type { Member } from '@cloudatlas/contracts/tenancy';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LogOut, Search, UserCog, UserMinus, UserPlus, Users } from 'lucide-react';
import { Suspense, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { useFilters } from '@/app/search-params.ts';
import { useMe } from '@/app/session.ts';
import { Page } from '@/app/shell/page.tsx';
import { Avatar } from '@/ui/avatar.tsx';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { DataTable } from '@/ui/data-table/data-table.tsx';
import type { Column } from '@/ui/data-table/types.ts';
import { Input } from '@/ui/input.tsx';
import { MenuItem } from '@/ui/menu.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { RelativeTime } from '@/ui/values.tsx';
import { membersQuery, tenancyApi } from '../queries.ts';
import { mayManage } from '../role-options.ts';

const MemberPanel = lazyNamed(() => import('../member-panel.tsx').then((module) => module.MemberPanel));

/** Who is in the organization, with which role where. */
export function Members() {
  const t = useT('tenancy');
  const organization = useOrganization();
  const me = useMe();
  const client = useQueryClient();
  const denial = useDenial('members:write');
  const [filters, setFilters] = useFilters(['q', 'member']);
  const { data, error, refetch } = useQuery(membersQuery(organization.slug));
  const [removing, setRemoving] = useState<Member>();
  const columns = useColumns(me.id);

  const needle = (filters.q ?? '').toLocaleLowerCase();
  const rows = useMemo(
    () => data?.filter((member) => `${member.name} ${member.email}`.toLocaleLowerCase().includes(needle)),
    [data, needle],
  );
  const reason = (member: Member): string | undefined =>
    denial ?? (mayManage(organization.role, member.role) ? undefined : t('members.above'));
  const open = data?.find((member) => member.id === filters.member);
  const leaving = removing?.userId === me.id;

  return (
    <Page
      title={t('members.title')}
      description={t('members.text')}
      actions={
        denial === undefined ? (
          <Button asChild variant="primary">
            <Link to={`${paths.organizationSettings(organization.slug, 'invitations')}?new=1`}>
              <UserPlus /> {t('members.invite')}
            </Link>
          </Button>
        ) : (
          <Button variant="primary" disabledReason={denial}>
            <UserPlus /> {t('members.invite')}
          </Button>
        )
      }
    >
      <DataTable
        id="members"
        label={t('members.title')}
        columns={columns}
        rows={rows}
        rowKey={(member) => member.id}
        rowName={(member) => member.name}
        error={error}
        onRetry={() => void refetch()}
        onOpen={(member) => setFilters({ member: member.id })}
        openKey={filters.member}
        filters={
          <div className="relative w-full max-w-60">
            <Search
              aria-hidden
              className="pointer-events-none absolute left-2 top-1/2 size-3.5 -translate-y-1/2 text-ink-3"
            />
            <Input
              type="search"
              aria-label={t('members.search')}
              placeholder={t('members.search')}
              dense
              className="pl-7"
              value={filters.q ?? ''}
              onChange={(event) => setFilters({ q: event.target.value })}
            />
          </div>
        }
        empty={
          <EmptyState icon={Users} title={t('members.emptyTitle')}>
            {t('members.emptyText')}
          </EmptyState>
        }
        renderRowActions={(member) => (
          <>
            <MenuItem onSelect={() => setFilters({ member: member.id })}>
              <UserCog /> {t('members.manage')}
            </MenuItem>
            {member.userId === me.id ? (
              <MenuItem danger onSelect={() => setRemoving(member)}>
                <LogOut /> {t('members.leave')}
              </MenuItem>
            ) : (
              <MenuItem danger disabledReason={reason(member)} onSelect={() => setRemoving(member)}>
                <UserMinus /> {t('members.remove')}
              </MenuItem>
            )}
          </>
        )}
      />
      {open === undefined ? null : (
        <Suspense fallback={null}>
          <MemberPanel member={open} reason={reason(open)} onClose={() => setFilters({ member: null })} />
        </Suspense>
      )}
      <ConfirmDialog
        open={removing !== undefined}
        onOpenChange={() => setRemoving(undefined)}
        destructive
        title={
          leaving
            ? t('members.leaveTitle', { organization: organization.name })
            : t('members.removeTitle', { name: removing?.name ?? '' })
        }
        confirmLabel={leaving ? t('members.leave') : t('members.remove')}
        explain={explainError}
        onConfirm={async () => {
          if (removing === undefined) return;
          await tenancyApi.removeMember(organization.slug, removing.id);
          if (leaving) {
            client.clear();
            window.location.assign(paths.root);
            return;
          }
          toast.success(t('members.removed', { name: removing.name }));
          await client.invalidateQueries({ queryKey: membersQuery(organization.slug).queryKey });
        }}
      >
        <p>{leaving ? t('members.leaveText') : t('members.removeText')}</p>
      </ConfirmDialog>
    </Page>
  );
}

function useColumns(myUserId: string): readonly Column<Member>[] {
  const t = useT('tenancy');
  return [
    {
      id: 'name',
      header: t('members.name'),
      fixed: true,
      value: (member) => member.name,
      cell: (member) => (
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={member.name} size="sm" />
          <span className="truncate font-medium">{member.name}</span>
          {member.userId === myUserId ? <Badge>{t('members.you')}</Badge> : null}
        </span>
      ),
    },
    {
      id: 'email',
      header: t('members.email'),
      from: 'md',
      value: (member) => member.email,
      cell: (member) => <span className="text-ink-2">{member.email}</span>,
    },
    {
      id: 'role',
      header: t('members.role'),
      width: '8rem',
      value: (member) => t(`ui:role.${member.role}`),
      cell: (member) => (
        <span className="flex items-center gap-1.5">
          <Badge tone={member.role === 'owner' ? 'accent' : 'neutral'}>{t(`ui:role.${member.role}`)}</Badge>
          {member.overrides.length > 0 ? (
            <span className="num text-xs text-ink-3">+{member.overrides.length}</span>
          ) : null}
        </span>
      ),
    },
    {
      id: 'mfa',
      header: t('members.mfa'),
      from: 'sm',
      width: '8.5rem',
      value: (member) => (member.mfaEnabled ? 1 : 0),
      cell: (member) => (
        <Badge tone={member.mfaEnabled ? 'ok' : 'warn'} dot>
          {member.mfaEnabled ? t('members.mfaOn') : t('members.mfaOff')}
        </Badge>
      ),
    },
    {
      id: 'joined',
      header: t('members.joined'),
      from: 'lg',
      width: '9rem',
      value: (member) => member.joinedAt,
      cell: (member) => <RelativeTime at={member.joinedAt} className="text-ink-2" />,
    },
  ];
}
