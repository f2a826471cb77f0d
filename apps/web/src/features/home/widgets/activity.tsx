import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { useActionName } from '@/features/audit/action-name.ts';
import { outcomeTones } from '@/features/audit/columns.tsx';
import { auditQuery } from '@/features/audit/queries.ts';
import { Badge } from '@/ui/badge.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import { Quiet, Widget, WidgetList } from '../widget.tsx';

const shown = 8;

/** The last entries of the audit log. */
export function ActivityWidget() {
  const t = useT('home');
  const organization = useOrganization();
  const actionName = useActionName();
  const denial = useDenial('audit:read');
  const query = useQuery({
    ...auditQuery(organization.slug, {}, 0, shown),
    enabled: denial === undefined,
  });
  const activity = paths.organization(organization.slug, 'activity');
  return (
    <Widget flush title={t('widget.activity')} to={activity} denial={denial} query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Quiet>{t('activity.none')}</Quiet>
        ) : (
          <WidgetList>
            {items.map((entry) => (
              <li key={entry.id} className="flex items-center gap-3 px-4 py-2 hover:bg-sunken">
                <Link
                  to={`${activity}?entry=${entry.id}`}
                  title={entry.actor.label}
                  className="min-w-0 flex-1 truncate font-medium hover:text-accent-text hover:underline"
                >
                  {actionName(entry.action)}
                  {entry.target?.label ? (
                    <span className="font-normal text-ink-2"> · {entry.target.label}</span>
                  ) : null}
                </Link>
                {entry.outcome === 'success' ? null : (
                  <Badge tone={outcomeTones[entry.outcome]}>{t(`audit:outcome.${entry.outcome}`)}</Badge>
                )}
                <RelativeTime at={entry.at} className="text-xs text-ink-3" />
              </li>
            ))}
          </WidgetList>
        )
      }
    </Widget>
  );
}
