import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { useMoney } from '../place.ts';
import type { ImportReport } from '../import-queries.ts';
import { useBytes } from './bytes.ts';

interface FileReportProps {
  file: ImportReport['files'][number];
  samples: ImportReport['refusedSamples'];
}

/** One file: its form, what was repaired and refused and why, and its sum. */
export function FileReport({ file, samples }: FileReportProps) {
  const t = useT('costs');
  const format = useFormat();
  const bytes = useBytes();
  const { exact } = useMoney();
  return (
    <section className="flex flex-col gap-3">
      <div>
        <h3 className="break-all font-semibold">{file.name}</h3>
        <p className="text-xs text-ink-3">
          {format.list([
            file.format,
            file.schema === 'cur-2.0'
              ? t('file.cur')
              : file.version === null
                ? t('file.noVersion')
                : t('file.version', { version: file.version }),
            bytes(file.bytes),
          ])}
        </p>
      </div>
      {file.sourceSums.map((sum) => (
        <p key={sum.currency} className="flex justify-between gap-4">
          <span className="text-ink-2">{t('file.sum')}</span>
          <span className="num break-all">{exact(sum.billed, sum.currency)}</span>
        </p>
      ))}
      <Reasons title={t('file.refused')} reasons={file.refused} samples={samples} />
      <Reasons title={t('file.repaired')} reasons={file.repaired} samples={[]} />
      <Columns title={t('file.missing')} names={file.missingColumns} />
      <Columns title={t('file.ignored')} names={file.ignoredColumns} />
      <Columns
        title={t('file.renamed')}
        names={file.renamedColumns.map(({ from, to }) => t('file.rename', { from, to }))}
      />
    </section>
  );
}

interface ReasonsProps {
  title: string;
  reasons: FileReportProps['file']['refused'];
  samples: ImportReport['refusedSamples'];
}

function Reasons({ title, reasons, samples }: ReasonsProps) {
  const t = useT('costs');
  const format = useFormat();
  if (reasons.length === 0) return null;
  return (
    <div>
      <h4 className="label-caps mb-1">{title}</h4>
      <ul className="divide-y divide-line rounded-md border border-line">
        {reasons.map(({ reason, text, rows }) => {
          const shown = samples.filter((sample) => sample.reason === reason);
          return (
            <li key={reason} className="px-3 py-1.5">
              <p className="flex justify-between gap-4">
                <span className="min-w-0">{text}</span>
                <span className="num">{format.number(rows)}</span>
              </p>
              {shown.length === 0 ? null : (
                <details className="mt-1 text-xs">
                  <summary className="w-fit cursor-pointer rounded-sm text-ink-2">
                    {t('file.samples', { count: shown.length })}
                  </summary>
                  <ul className="mt-1 flex flex-col gap-1">
                    {shown.map((sample, index) => (
                      <li
                        key={index}
                        className="overflow-x-auto whitespace-nowrap rounded-sm bg-sunken px-2 py-1"
                      >
                        {sample.line === null ? null : (
                          <span className="text-ink-3">{t('file.line', { line: sample.line })} </span>
                        )}
                        <span className="font-mono">
                          {sample.values.map((value) => value ?? '∅').join(' · ')}
                        </span>
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Columns({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <details className="text-xs">
      <summary className="w-fit cursor-pointer rounded-sm text-ink-2">
        {title} <span className="num text-ink-3">({names.length})</span>
      </summary>
      <p className="mt-1 break-words text-ink-2">{names.join(', ')}</p>
    </details>
  );
}
