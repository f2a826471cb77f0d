import type { CostImportDetail } from '@cloudatlas/contracts/cost-imports';
import { Link } from 'react-router';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { Stat } from '@/ui/card.tsx';
import { Notice } from '@/ui/form.tsx';
import { RelativeTime } from '@/ui/values.tsx';
import type { Tone } from '@/ui/badge.tsx';
import { useDays } from '../days.ts';
import { signOf } from '../decimal.ts';
import type { ImportReport } from '../import-queries.ts';
import { useCostPaths } from '../paths.ts';
import { useMoney } from '../place.ts';
import { FileReport } from './file-report.tsx';
import { ImportStatusView } from './status.tsx';

/** What came of an import, in plain words first. */
export function ImportDetail({ detail }: { detail: CostImportDetail }) {
  const t = useT('costs');
  const format = useFormat();
  const { rows, report } = detail;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <ImportStatusView entry={detail} />
        <span className="text-xs text-ink-3">
          {detail.requestedBy} · <RelativeTime at={detail.createdAt} />
        </span>
      </div>
      <Verdict detail={detail} />
      {rows === null ? null : (
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          {(['read', 'accepted', 'repaired', 'refused'] as const).map((name) => (
            <Stat key={name} label={t(`import.rows.${name}`)} value={format.number(rows[name])} />
          ))}
        </dl>
      )}
      {report === null ? null : (
        <>
          <Months report={report} />
          {report.files.map((file) => (
            <FileReport
              key={file.name}
              file={file}
              samples={report.refusedSamples.filter((sample) => sample.file === file.name)}
            />
          ))}
        </>
      )}
    </div>
  );
}

/** What it means and what to do next. */
function Verdict({ detail }: { detail: CostImportDetail }) {
  const t = useT('costs');
  const to = useCostPaths();
  const refused = detail.rows?.refused ?? 0;
  const off = detail.report?.reconciliation.some((row) => signOf(row.difference) !== 0) ?? false;
  const say = (tone: Tone, text: string) => <Notice tone={tone}>{text}</Notice>;
  switch (detail.status) {
    case 'failed':
      return (
        <Notice tone="danger">
          <p className="font-medium">{detail.problem?.message ?? t('import.verdict.failed')}</p>
          <p>{t('import.verdict.failedNext')}</p>
        </Notice>
      );
    case 'duplicate':
      return (
        <Notice tone="warn">
          {t('import.verdict.duplicate')}{' '}
          {detail.duplicateOf === null ? null : (
            <Link className="underline" to={to.import(detail.duplicateOf)}>
              {t('import.verdict.duplicateOf')}
            </Link>
          )}
        </Notice>
      );
    case 'imported':
      if (off) return say('danger', t('import.verdict.off'));
      return refused > 0
        ? say('warn', t('import.verdict.refused', { count: refused }))
        : say('ok', t('import.verdict.clean'));
    default:
      return say('neutral', t(`import.verdict.${detail.status}`));
  }
}

/** Which accounts and months changed, and whether the store holds what the file says. */
function Months({ report }: { report: ImportReport }) {
  const t = useT('costs');
  const days = useDays();
  const { exact } = useMoney();
  if (report.reconciliation.length === 0) return null;
  const actionOf = new Map(
    report.partitions.map((part) => [`${part.billingPeriod} ${part.billingAccountId}`, part.action]),
  );
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t('import.months')}</h3>
      <ul className="divide-y divide-line rounded-md border border-line">
        {report.reconciliation.map((row) => {
          const action = actionOf.get(`${row.billingPeriod} ${row.billingAccountId}`);
          const right = signOf(row.difference) === 0;
          return (
            <li
              key={`${row.billingPeriod} ${row.billingAccountId} ${row.currency}`}
              className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-3 py-2"
            >
              <span className="min-w-0 flex-1 basis-48">
                <span className="font-medium">{days.month(row.billingPeriod)}</span>{' '}
                <span className="break-all text-ink-2">{row.billingAccountId}</span>
                {action === undefined ? null : (
                  <span className="block text-xs text-ink-3">{t(`import.action.${action}`)}</span>
                )}
              </span>
              <span className="text-right">
                <span className="num block">{exact(row.storeBilled, row.currency)}</span>
                <span className={right ? 'text-xs text-ok-text' : 'text-xs text-danger-text'}>
                  {right
                    ? t('import.equal')
                    : t('import.differs', { amount: exact(row.difference, row.currency) })}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
