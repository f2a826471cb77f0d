import type { RecommendationDetail } from '@cloudatlas/contracts/finops';
import { ArrowRight } from 'lucide-react';
import { useT } from '@/app/i18n.ts';
import { useLabels } from '@/features/accounts/labels.ts';
import { useLocal, useValue } from '../words.ts';

/** What it is now beside what it would become; figures that differ stand out. */
export function SpecTable({ current, recommended }: Pick<RecommendationDetail, 'current' | 'recommended'>) {
  const t = useT('savings');
  const local = useLocal();
  const words = useLabels();
  const dated = useValue();
  // States have words of their own; what is none stays as it is.
  const valueOf = (value: string): string => words.state(dated(value));
  if (current.length + recommended.length === 0) return null;
  const after = new Map(recommended.map((item) => [local(item.label), valueOf(item.value)]));
  const labels = [...new Set([...current, ...recommended].map((item) => local(item.label)))];
  const before = new Map(current.map((item) => [local(item.label), valueOf(item.value)]));
  const head = 'px-3 py-1.5 text-left label-caps';
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('detail.change')}</h3>
      <div className="overflow-x-auto rounded-md border border-line">
        <table className="w-full border-collapse">
          <thead className="bg-sunken">
            <tr>
              <th scope="col" className={head}>
                {t('detail.what')}
              </th>
              <th scope="col" className={head}>
                {t('detail.current')}
              </th>
              <th scope="col" className={head}>
                {t('detail.recommended')}
              </th>
            </tr>
          </thead>
          <tbody>
            {labels.map((label) => {
              const now = before.get(label) ?? '–';
              const next = after.get(label) ?? (recommended.length === 0 ? '–' : now);
              return (
                <tr key={label} className="border-t border-line">
                  <th scope="row" className="px-3 py-1.5 text-left font-normal text-ink-3">
                    {label}
                  </th>
                  <td className="num px-3 py-1.5 break-words">{now}</td>
                  <td className="num px-3 py-1.5 break-words">
                    {next === now ? (
                      <span className="text-ink-3">{next}</span>
                    ) : (
                      <span className="font-medium text-accent-text">
                        <ArrowRight aria-hidden className="mr-1.5 inline size-3.5" />
                        {next}
                      </span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
