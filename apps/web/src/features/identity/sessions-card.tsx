import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Laptop, Smartphone, Terminal } from 'lucide-react';
import { useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { toast } from '@/ui/toast-store.ts';
import { RelativeTime } from '@/ui/values.tsx';
import { accountApi, sessionsQuery, type SessionView } from './queries.ts';
import { describeUserAgent } from './user-agent.ts';

/** Where the account is signed in, and how to end that. */
export function SessionsCard() {
  const t = useT('identity');
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(sessionsQuery);
  const [asking, setAsking] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  const revoke = useMutation({
    mutationFn: (session: SessionView) => accountApi.revokeSession(session.id),
    onSuccess: async () => {
      toast.success(t('sessions.revoked'));
      await refresh();
    },
    onError: (failure) => toast.error(explainError(failure)),
  });
  const others = data?.filter((session) => !session.current).length ?? 0;
  return (
    <Card
      flush
      title={t('sessions.title')}
      description={t('sessions.text')}
      actions={
        <Button
          onClick={() => setAsking(true)}
          disabledReason={others === 0 ? t('sessions.noOthers') : undefined}
        >
          {t('sessions.revokeOthers')}
        </Button>
      }
    >
      {data === undefined && error === null ? (
        <div className="px-4 pb-4">
          <SkeletonLines lines={4} />
        </div>
      ) : null}
      {error !== null && data === undefined ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : null}
      <ul className="divide-y divide-line border-t border-line">
        {data?.map((session) => (
          <li key={session.id} className="flex items-center gap-3 px-4 py-2.5">
            <SessionIcon session={session} />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                <span className="truncate">
                  {describeUserAgent(session.userAgent) ?? t('sessions.unknownAgent')}
                </span>
                {session.current ? <Badge tone="ok">{t('sessions.current')}</Badge> : null}
                {session.kind === 'api' ? <Badge>{t('sessions.api')}</Badge> : null}
              </p>
              <p className="num text-xs text-ink-3">
                {session.ip} · {t('sessions.lastSeen')} <RelativeTime at={session.lastSeenAt} />
              </p>
            </div>
            {session.current ? null : (
              <Button
                size="sm"
                loading={revoke.isPending && revoke.variables.id === session.id}
                onClick={() => revoke.mutate(session)}
              >
                {t('sessions.revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('sessions.revokeOthers')}
        confirmLabel={t('sessions.revokeOthers')}
        explain={explainError}
        onConfirm={async () => {
          await accountApi.revokeOtherSessions();
          toast.success(t('sessions.othersRevoked'));
          await refresh();
        }}
      >
        <p>{t('sessions.revokeOthersText', { count: others })}</p>
      </ConfirmDialog>
    </Card>
  );
}

function SessionIcon({ session }: { session: SessionView }) {
  const Icon =
    session.kind === 'api' ? Terminal : /Mobi|Android|iPhone/.test(session.userAgent) ? Smartphone : Laptop;
  return <Icon aria-hidden className="size-5 shrink-0 text-ink-3" strokeWidth={1.6} />;
}
