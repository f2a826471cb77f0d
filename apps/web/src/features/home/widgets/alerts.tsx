import { useQuery } from '@tanstack/react-query';
import { BellRing } from 'lucide-react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { severityTones, useAlertWords } from '@/features/alerts/sentence.ts';
import { unreadQuery } from '@/features/alerts/unread-query.ts';
import { useCostPaths } from '@/features/costs/paths.ts';
import { Badge } from '@/ui/badge.tsx';
import { cn } from '@/ui/cn.ts';
import { RelativeTime } from '@/ui/values.tsx';
import { Quiet, Widget, WidgetList } from '../widget.tsx';

const shown = 5;

/** The last cost alerts. The bell asks the same question, so it costs no further call. */
export function AlertsWidget() {
  const t = useT('home');
  const words = useAlertWords();
  const to = useCostPaths();
  const denial = useDenial('alerts:read');
  const query = useQuery({ ...unreadQuery(useWorkspacePlace()), enabled: denial === undefined });
  return (
    <Widget flush title={t('widget.alerts')} to={to.alerts} denial={denial} query={query}>
      {({ latest }) =>
        latest.length === 0 ? (
          <Quiet>
            <BellRing aria-hidden className="size-6 text-ink-3" />
            <p>{t('alerts.none')}</p>
            <Link to={to.alertRules} className="font-medium text-accent-text hover:underline">
              {t('alerts.rules')}
            </Link>
          </Quiet>
        ) : (
          <WidgetList>
            {latest.slice(0, shown).map((alert) => (
              <li key={alert.id} className="flex items-start gap-3 px-4 py-2 hover:bg-sunken">
                <Badge tone={severityTones[alert.severity]} dot className="mt-0.5">
                  {t(`alerts:severity.${alert.severity}`)}
                </Badge>
                <span className="min-w-0 flex-1">
                  <Link
                    to={`${to.alerts}?alert=${alert.id}`}
                    className={cn(
                      'block truncate hover:text-accent-text hover:underline',
                      alert.read ? 'font-medium' : 'font-semibold',
                    )}
                  >
                    {words.title(alert)}
                  </Link>
                  <span className="block truncate text-xs text-ink-2">{words.text(alert)}</span>
                </span>
                <RelativeTime at={alert.createdAt} className="text-xs text-ink-3" />
              </li>
            ))}
          </WidgetList>
        )
      }
    </Widget>
  );
}
