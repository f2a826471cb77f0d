import { useQuery } from '@tanstack/react-query';
import { useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { ServiceMatrix } from '@/features/inventory/overview/service-matrix.tsx';
import { summaryQuery } from '@/features/inventory/queries.ts';
import { Card } from '@/ui/card.tsx';

/** Services of one provider by region, with counts. */
export function Services({ provider }: { provider: string }) {
  const t = useT('providers');
  const { data } = useQuery(summaryQuery(useWorkspacePlace()));
  const rows = data?.byService.filter((row) => row.provider === provider) ?? [];
  if (rows.length === 0) return null;
  return (
    <Card flush title={t('matrix')}>
      <ServiceMatrix rows={rows} />
    </Card>
  );
}
