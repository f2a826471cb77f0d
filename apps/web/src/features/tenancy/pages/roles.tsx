import { useQuery } from '@tanstack/react-query';
import { Check, Minus } from 'lucide-react';
import { Fragment } from 'react';
import { useT } from '@/app/i18n.ts';
import { useOrganization } from '@/app/scope.tsx';
import { Page } from '@/app/shell/page.tsx';
import { Badge } from '@/ui/badge.tsx';
import { Card } from '@/ui/card.tsx';
import { cn } from '@/ui/cn.ts';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { rolesQuery, type RoleMatrixView } from '../queries.ts';

/** Which role may do what; the same data the server enforces. */
export function Roles() {
  const t = useT('tenancy');
  const organization = useOrganization();
  const { data, error, refetch } = useQuery(rolesQuery(organization.slug));
  return (
    <Page title={t('roles.title')} description={t('roles.text')}>
      <Card flush className="overflow-hidden">
        {data === undefined && error === null ? (
          <div className="p-4">
            <SkeletonLines lines={10} />
          </div>
        ) : null}
        {data === undefined && error !== null ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : null}
        {data === undefined ? null : <Matrix matrix={data} />}
      </Card>
    </Page>
  );
}

function Matrix({ matrix }: { matrix: RoleMatrixView }) {
  const t = useT('tenancy');
  const organization = useOrganization();
  const areas = Map.groupBy(matrix.permissions, ({ permission }) => permission.split(':')[0] ?? '');
  return (
    // The region scrolls sideways on a phone, so the keyboard must reach it.
    <div
      tabIndex={0}
      role="region"
      aria-label={t('roles.title')}
      className="relative max-h-[80dvh] overflow-auto"
    >
      <table className="w-full min-w-[42rem] border-collapse">
        <thead className="sticky top-0 z-20 bg-surface shadow-[inset_0_-1px_0_var(--line)]">
          <tr>
            <th scope="col" className="sticky left-0 bg-surface px-4 py-2.5 text-left label-caps">
              {t('roles.permission')}
            </th>
            {matrix.roles.map((role) => (
              <th key={role} scope="col" className="w-24 px-2 py-2.5 text-center font-medium">
                {t(`ui:role.${role}`)}
                {role === organization.role ? (
                  <span className="mt-0.5 block">
                    <Badge tone="accent">{t('roles.yours')}</Badge>
                  </span>
                ) : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...areas].map(([area, permissions]) => (
            <Fragment key={area}>
              <tr className="bg-sunken">
                <th
                  scope="colgroup"
                  colSpan={matrix.roles.length + 1}
                  className="border-y border-line px-4 py-1.5 text-left label-caps"
                >
                  {t(`roles.area.${area}`)}
                </th>
              </tr>
              {permissions.map(({ permission, roles }) => (
                <tr key={permission} className="group border-b border-line last:border-b-0 hover:bg-sunken">
                  <th
                    scope="row"
                    className="sticky left-0 bg-surface px-4 py-1.5 text-left font-normal group-hover:bg-sunken"
                  >
                    {t(`permission.${permission.replace(':', '_')}`)}
                    <code className="ml-2 hidden font-mono text-2xs text-ink-3 lg:inline">{permission}</code>
                  </th>
                  {matrix.roles.map((role) => (
                    <td
                      key={role}
                      className={cn(
                        'px-2 py-1.5 text-center',
                        role === organization.role && 'bg-accent-soft/50',
                      )}
                    >
                      <Cell allowed={roles.includes(role)} />
                    </td>
                  ))}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ allowed }: { allowed: boolean }) {
  const t = useT('tenancy');
  return (
    <>
      {allowed ? (
        <Check aria-hidden className="mx-auto size-4 text-ok-text" strokeWidth={2.5} />
      ) : (
        <Minus aria-hidden className="mx-auto size-3.5 text-line-strong" />
      )}
      <span className="sr-only">{allowed ? t('roles.yes') : t('roles.no')}</span>
    </>
  );
}
