import { useQuery } from '@tanstack/react-query';
import { auditQuery } from '@/features/audit/queries.ts';
import { CloudCard } from '@/features/inventory/cloud-card.tsx';
import { membersQuery, planQuery, workspacesQuery } from '@/features/tenancy/queries.ts';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useDenial, useOrganization, useWorkspace } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { Card, Stat } from '@/ui/card.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { MembersCard } from '../members-card.tsx';
import { NextSteps } from '../next-steps.tsx';
import { RecentActivity } from '../recent-activity.tsx';

/** How many entries the card of recent activity shows. */
const recentEntries = 8;

/** Start page of a workspace: facts, next steps, people, what happened. */
export function Home() {
  const t = useT('home');
  const organization = useOrganization();
  const workspace = useWorkspace();
  const mayAudit = useDenial('audit:read') === undefined;
  const members = useQuery(membersQuery(organization.slug));
  const recent = useQuery({ ...auditQuery(organization.slug, {}, 0, recentEntries), enabled: mayAudit });
  return (
    <Page title={workspace.name} description={t('description', { organization: organization.name })}>
      <Facts memberCount={members.data?.length} />
      <div className="grid min-w-0 items-start gap-5 xl:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-5">
          <CloudCard />
          <NextSteps memberCount={members.data?.length} />
          <RecentActivity mayRead={mayAudit} query={recent} count={recentEntries} />
        </div>
        <MembersCard query={members} />
      </div>
    </Page>
  );
}

function Facts({ memberCount }: { memberCount: number | undefined }) {
  const t = useT('home');
  const format = useFormat();
  const organization = useOrganization();
  const workspace = useWorkspace();
  const workspaces = useQuery(workspacesQuery(organization.slug)).data;
  const plan = useQuery(planQuery(organization.slug)).data;
  const limit = (name: string): string | undefined => {
    const max = plan?.limits.find((candidate) => candidate.limit === name)?.max;
    return max === undefined
      ? undefined
      : max === null
        ? t('facts.unlimited')
        : t('facts.of', { max: format.number(max) });
  };
  const number = (value: number | undefined) =>
    value === undefined ? <Skeleton className="my-1 w-10" /> : format.number(value);
  return (
    <Card>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 md:grid-cols-4">
        <Stat label={t('facts.role')} value={t(`ui:role.${workspace.role}`)} hint={t('facts.roleHint')} />
        <Stat label={t('facts.members')} value={number(memberCount)} hint={limit('members') ?? ' '} />
        <Stat
          label={t('facts.workspaces')}
          value={number(workspaces?.length)}
          hint={limit('workspaces') ?? ' '}
        />
        <Stat
          label={t('facts.plan')}
          value={t(`ui:plan.${organization.plan}`)}
          hint={t('facts.since', { date: format.date(organization.createdAt) })}
        />
      </dl>
    </Card>
  );
}
