import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useCloudPaths } from '@/features/accounts/paths.ts';
import type { ResourceSummaryView } from '../queries.ts';

type Row = ResourceSummaryView['byService'][number];

const sumOf = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + row.count, 0);

/** Services by regions; the fuller a place, the stronger its colour. Each number leads to its resources. */
export function ServiceMatrix({ rows }: { rows: readonly Row[] }) {
  const t = useT('inventory');
  const format = useFormat();
  const labels = useLabels();
  const to = useCloudPaths();
  const regions = [...Map.groupBy(rows, (row) => row.region)]
    .toSorted((a, b) => sumOf(b[1]) - sumOf(a[1]))
    .map(([region]) => region);
  const services = [...Map.groupBy(rows, (row) => `${row.provider} ${row.service}`).values()].toSorted(
    (a, b) => sumOf(b) - sumOf(a),
  );
  const largest = Math.max(1, ...rows.map((row) => row.count));
  const cell = 'px-2 py-1 text-right num';
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={t('overview.matrix')}
      className="overflow-x-auto border-t border-line"
    >
      <table className="w-full border-collapse">
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className="sticky left-0 bg-surface px-4 py-2 text-left label-caps">
              {t('column.service')}
            </th>
            <th scope="col" className="px-4 py-2 text-right label-caps">
              {t('overview.total')}
            </th>
            {regions.map((region) => (
              <th key={region} scope="col" className="px-2 py-2 text-right label-caps whitespace-nowrap">
                {labels.region(region)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {services.map((found) => {
            const [first] = found;
            if (first === undefined) return null;
            const filter = [
              ['provider', first.provider],
              ['service', first.service],
            ] as const;
            const name = labels.service(first.provider, first.service);
            return (
              <tr key={`${first.provider} ${first.service}`} className="border-b border-line last:border-b-0">
                <th
                  scope="row"
                  className="sticky left-0 bg-surface px-4 py-1 text-left font-medium whitespace-nowrap"
                >
                  {name}
                </th>
                <td className={`${cell} pr-4! font-medium`}>
                  <Link to={to.resourcesWith(filter)} className="hover:text-accent-text">
                    {format.number(sumOf(found))}
                  </Link>
                </td>
                {regions.map((region) => {
                  const count = sumOf(found.filter((row) => row.region === region));
                  return (
                    <td key={region} className="p-0.5">
                      {count === 0 ? (
                        <span className={`${cell} block text-ink-3`}>·</span>
                      ) : (
                        <Link
                          to={to.resourcesWith([...filter, ['region', region]])}
                          aria-label={t('overview.cell', {
                            service: name,
                            region: labels.region(region),
                            count,
                            formatted: format.number(count),
                          })}
                          className={`${cell} block rounded-sm hover:outline-2 hover:outline-accent`}
                          style={{
                            background: `color-mix(in oklch, var(--accent) ${Math.round(6 + 24 * Math.sqrt(count / largest))}%, transparent)`,
                          }}
                        >
                          {format.number(count)}
                        </Link>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
