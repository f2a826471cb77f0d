import { useInfiniteQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { paths } from '@/app/paths.ts';
import { useDenial, useOrganization } from '@/app/scope.tsx';
import { useMe } from '@/app/session.ts';
import { apiKeysQuery } from '@/features/identity/queries.ts';
import { Card } from '@/ui/card.tsx';
import { cn } from '@/ui/cn.ts';
import { ProgressBar } from '@/ui/progress.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';

interface Step {
  id: 'organization' | 'colleagues' | 'mfa' | 'apiKey';
  done: boolean;
  to: string;
}

/** What makes an organization ready, ticked off by its real state. Gone once all is done. */
export function NextSteps({ memberCount }: { memberCount: number | undefined }) {
  const t = useT('home');
  const format = useFormat();
  const me = useMe();
  const organization = useOrganization();
  const mayInvite = useDenial('members:write') === undefined;
  const { data: keys } = useInfiniteQuery(apiKeysQuery);
  const finishedKey = `atlas.stepsFinished.${organization.slug}`;
  const known = memberCount !== undefined && keys !== undefined;
  const steps: Step[] = [
    { id: 'organization', done: true, to: paths.organizationSettings(organization.slug, 'general') },
    ...(mayInvite
      ? [
          {
            id: 'colleagues' as const,
            done: (memberCount ?? 0) > 1,
            to: `${paths.organizationSettings(organization.slug, 'invitations')}?new=1`,
          },
        ]
      : []),
    { id: 'mfa', done: me.mfaEnabled, to: paths.account('security') },
    {
      id: 'apiKey',
      done: keys?.pages.some((page) => page.items.length > 0) ?? false,
      to: paths.account('api-keys'),
    },
  ];
  const done = steps.filter((step) => step.done).length;
  const finished = done === steps.length;
  useEffect(() => {
    if (known) localStorage.setItem(finishedKey, finished ? '1' : '');
  }, [known, finished, finishedKey]);
  // Whoever has finished once gets no place-holder for a card that will not come.
  if (!known) return localStorage.getItem(finishedKey) === '1' ? null : <Loading />;
  if (finished) return null;
  return (
    <Card
      flush
      title={t('steps.title')}
      actions={
        <span className="flex w-36 items-center gap-2 text-xs text-ink-3">
          <span className="num whitespace-nowrap">
            {t('steps.progress', { done: format.number(done), all: format.number(steps.length) })}
          </span>
          <ProgressBar label={t('steps.title')} value={done} max={steps.length} />
        </span>
      }
    >
      <ol className="grid border-t border-line sm:grid-cols-2 xl:grid-cols-4">
        {steps.map((step) => (
          <li
            key={step.id}
            className="border-line not-last:border-b sm:not-last:border-r xl:not-last:border-b-0"
          >
            <Link to={step.to} className="group flex h-full items-start gap-3 px-4 py-3 hover:bg-sunken">
              <span
                className={cn(
                  'flex size-5 shrink-0 items-center justify-center rounded-full border',
                  step.done ? 'border-ok bg-ok-soft text-ok-text' : 'border-line-strong',
                )}
              >
                {step.done ? <Check aria-label={t('steps.done')} className="size-3" strokeWidth={3} /> : null}
              </span>
              <span className="min-w-0 flex-1">
                <span className={cn('block font-medium', step.done && 'text-ink-3 line-through')}>
                  {t(`steps.${step.id}.title`)}
                </span>
                <span className="block text-xs text-ink-2">{t(`steps.${step.id}.text`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The card as high as it will mostly be. */
function Loading() {
  const t = useT('home');
  return (
    <Card flush title={t('steps.title')}>
      <div className="grid border-t border-line sm:grid-cols-2 xl:grid-cols-4">
        {Array.from({ length: 4 }, (_, index) => (
          <div key={index} className="h-20 px-4 py-3">
            <Skeleton className="w-4/5" />
          </div>
        ))}
      </div>
    </Card>
  );
}
