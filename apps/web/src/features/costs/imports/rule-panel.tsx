import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { Sheet } from '@/ui/sheet.tsx';
import type { Conformance } from '../import-queries.ts';

interface RulePanelProps {
  rule: Conformance['rules'][number];
  onClose: () => void;
}

/** One rule: its words, and rows that break it. */
export function RulePanel({ rule, onClose }: RulePanelProps) {
  const t = useT('costs');
  const format = useFormat();
  return (
    <Sheet open onOpenChange={onClose} title={rule.column} description={rule.id}>
      <div className="flex flex-col gap-4">
        <p>{rule.text}</p>
        <p className="text-ink-2">
          {t(`conformance.is.${rule.status}`)}
          {rule.violations > 0
            ? ` · ${t('conformance.count', { formatted: format.number(rule.violations), count: rule.violations })}`
            : null}
        </p>
        {rule.samples.length === 0 ? null : (
          <section>
            <h3 className="mb-2 font-semibold">{t('conformance.samples')}</h3>
            <ul className="flex flex-col gap-2">
              {rule.samples.map((sample, index) => (
                <li key={index} className="rounded-md border border-line bg-sunken px-3 py-2 text-xs">
                  <dl className="grid grid-cols-[minmax(0,10rem)_minmax(0,1fr)] gap-x-3 gap-y-1">
                    {Object.entries(sample).flatMap(([name, value]) => [
                      <dt key={`${name} name`} className="break-words text-ink-3">
                        {name}
                      </dt>,
                      <dd key={name} className="num break-all">
                        {value === null || value === undefined
                          ? '∅'
                          : typeof value === 'string'
                            ? value
                            : JSON.stringify(value)}
                      </dd>,
                    ])}
                  </dl>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Sheet>
  );
}
