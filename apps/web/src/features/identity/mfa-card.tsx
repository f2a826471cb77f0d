import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { lazyNamed } from '@/app/lazy-named.ts';
import { useT } from '@/app/i18n.ts';
import { meKey } from '@/app/query-client.ts';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { Notice } from '@/ui/form.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { mfaQuery } from './queries.ts';

const MfaChangeDialog = lazyNamed(() =>
  import('./mfa-change-dialog.tsx').then((module) => module.MfaChangeDialog),
);
const TotpEnrolDialog = lazyNamed(() =>
  import('./totp-enrol-dialog.tsx').then((module) => module.TotpEnrolDialog),
);

/** Below this many recovery codes a person should make new ones. */
const fewCodes = 3;

/** Second factor: enrol, new recovery codes, switch off. */
export function MfaCard() {
  const t = useT('identity');
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(mfaQuery);
  const [dialog, setDialog] = useState<'enrol' | 'codes' | 'disable' | null>(null);
  const refresh = async (): Promise<void> => {
    await Promise.all([
      client.invalidateQueries({ queryKey: mfaQuery.queryKey }),
      client.invalidateQueries({ queryKey: meKey, exact: true }),
    ]);
  };
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          {t('mfa.cardTitle')}
          {data === undefined ? null : (
            <Badge tone={data.totp ? 'ok' : 'warn'} dot>
              {data.totp ? t('mfa.on') : t('mfa.off')}
            </Badge>
          )}
        </span>
      }
      description={t('mfa.cardText')}
    >
      {data === undefined && error === null ? <Skeleton className="h-8! w-56" /> : null}
      {data === undefined && error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : null}
      {data?.totp === false ? (
        <Button variant="primary" onClick={() => setDialog('enrol')}>
          {t('mfa.enrol')}
        </Button>
      ) : null}
      {data?.totp === true ? (
        <div className="flex flex-col gap-3">
          {data.recoveryCodesLeft < fewCodes ? <Notice tone="warn">{t('mfa.fewCodes')}</Notice> : null}
          <p className="num text-ink-2">{t('mfa.codesLeft', { count: data.recoveryCodesLeft })}</p>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setDialog('codes')}>{t('mfa.newCodes')}</Button>
            <Button onClick={() => setDialog('disable')}>{t('mfa.disable')}</Button>
          </div>
        </div>
      ) : null}
      <Suspense fallback={null}>
        {dialog === 'enrol' ? <TotpEnrolDialog onClose={() => setDialog(null)} onEnrolled={refresh} /> : null}
        {dialog === 'codes' || dialog === 'disable' ? (
          <MfaChangeDialog kind={dialog} onClose={() => setDialog(null)} onChanged={refresh} />
        ) : null}
      </Suspense>
    </Card>
  );
}
