import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChartLine, Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useDenial } from '@/app/scope.tsx';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import { SkeletonLines } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { importQuery, importsApi, isWorking, rejectsUrl } from '../import-queries.ts';
import { ImportDetail } from '../imports/detail.tsx';
import { useCostPaths } from '../paths.ts';
import { costsKey } from '../queries.ts';

/** One import: what was read, taken, repaired and refused, and what to do next. */
export function Import() {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const to = useCostPaths();
  const navigate = useNavigate();
  const client = useQueryClient();
  const denial = useDenial('costs:write');
  const { importId = '' } = useParams();
  const { data, error, refetch } = useQuery(importQuery(place, importId));
  const [removing, setRemoving] = useState(false);
  const close = (): void => void navigate(to.imports, { preventScrollReset: true });
  const remove = async (): Promise<void> => {
    await importsApi.remove(place, importId);
    await client.invalidateQueries({ queryKey: costsKey(place, 'imports', 'list') });
    close();
  };
  const cancelling = data !== undefined && isWorking(data);
  return (
    <Sheet
      open
      onOpenChange={close}
      title={data?.files[0]?.name ?? data?.account?.name ?? t('import.title')}
      footer={
        data === undefined ? undefined : (
          <>
            <span className="mr-auto">
              <Button disabledReason={denial} onClick={() => setRemoving(true)}>
                <Trash2 /> {cancelling ? t('import.cancel') : t('import.remove')}
              </Button>
            </span>
            {data.report?.hasRejects === true ? (
              <Button asChild>
                <a href={rejectsUrl(place, data.id)} download>
                  <Download /> {t('import.rejects')}
                </a>
              </Button>
            ) : null}
            {data.status === 'imported' ? (
              <Button asChild variant="primary">
                <Link to={to.costs}>
                  <ChartLine /> {t('import.seeCosts')}
                </Link>
              </Button>
            ) : null}
          </>
        )
      }
    >
      {data === undefined ? (
        error === null ? (
          <SkeletonLines lines={8} />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <ImportDetail detail={data} />
      )}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={cancelling ? t('import.cancelTitle') : t('import.removeTitle')}
        confirmLabel={cancelling ? t('import.cancel') : t('import.remove')}
        destructive
        onConfirm={remove}
        explain={explainError}
      >
        <p>{cancelling ? t('import.cancelText') : t('import.removeText')}</p>
      </ConfirmDialog>
    </Sheet>
  );
}
