import type { Member } from '@cloudatlas/contracts/tenancy';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { useOrganization, useWorkspace } from '@/app/scope.tsx';
import { Avatar } from '@/ui/avatar.tsx';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';

/** How many people fit before "and N more". */
const shownMembers = 8;

/** The people of the organization with their role in this workspace. */
export function MembersCard({ query }: { query: UseQueryResult<Member[]> }) {
  const t = useT('home');
  const organization = useOrganization();
  const workspace = useWorkspace();
  const { data, error, refetch } = query;
  const more = (data?.length ?? 0) - shownMembers;
  return (
    <Card
      flush
      title={t('members.title')}
      actions={
        <Button asChild size="sm" variant="ghost">
          <Link to={paths.organizationSettings(organization.slug, 'members')}>{t('members.all')}</Link>
        </Button>
      }
    >
      {data === undefined && error === null ? (
        <div className="p-4">
          <SkeletonLines lines={4} />
        </div>
      ) : null}
      {data === undefined && error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : null}
      <ul className="divide-y divide-line border-t border-line">
        {data?.slice(0, shownMembers).map((member) => {
          const role =
            member.overrides.find((override) => override.workspaceId === workspace.id)?.role ?? member.role;
          return (
            <li key={member.id} className="flex items-center gap-3 px-4 py-2">
              <Avatar name={member.name} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium leading-4">{member.name}</span>
                <span className="block truncate text-xs text-ink-3">{member.email}</span>
              </span>
              <Badge tone={role === 'owner' ? 'accent' : 'neutral'}>{t(`ui:role.${role}`)}</Badge>
            </li>
          );
        })}
        {more > 0 ? <li className="px-4 py-2 text-ink-3">{t('members.more', { count: more })}</li> : null}
      </ul>
    </Card>
  );
}
