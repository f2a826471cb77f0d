import type { AuditEntry } from '@cloudatlas/contracts/audit';
import type { ReactNode } from 'react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { Badge } from '@/ui/badge.tsx';
import { CodeBlock } from '@/ui/code-block.tsx';
import { CopyButton } from '@/ui/copy-button.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import { useActionName } from './action-name.ts';
import { Actor, outcomeTones } from './columns.tsx';

/** Everything about one entry, with its place in the hash chain. */
export function EntryPanel({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const actionName = useActionName();
  return (
    <Sheet open onOpenChange={onClose} title={actionName(entry.action)}>
      <Entry entry={entry} />
    </Sheet>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const t = useT('audit');
  const format = useFormat();
  const rows: [string, ReactNode][] = [
    [
      t('column.outcome'),
      <Badge key="outcome" tone={outcomeTones[entry.outcome]} dot>
        {t(`outcome.${entry.outcome}`)}
      </Badge>,
    ],
    [
      t('column.action'),
      <code key="action" className="font-mono text-xs">
        {entry.action}
      </code>,
    ],
    [
      t('column.at'),
      <span key="at" className="num">
        {format.dateTime(entry.at)}
        <br />
        <span className="text-ink-3">{format.utc(entry.at)}</span>
      </span>,
    ],
    [t('column.actor'), <Actor key="actor" actor={entry.actor} />],
    [
      t('column.target'),
      entry.target === null ? '–' : `${entry.target.label ?? entry.target.id ?? ''} (${entry.target.type})`,
    ],
    [t('column.provider'), entry.provider ?? '–'],
    [
      t('column.ip'),
      <span key="ip" className="num">
        {entry.ip ?? '–'}
      </span>,
    ],
    [
      t('panel.requestId'),
      entry.requestId === null ? '–' : <Copyable key="request" text={entry.requestId} />,
    ],
    [
      t('panel.sequence'),
      <span key="sequence" className="num">
        {format.number(entry.sequence)}
      </span>,
    ],
    [t('panel.hash'), <Copyable key="hash" text={entry.hash} />],
  ];
  return (
    <div className="flex flex-col gap-5">
      <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-4 gap-y-2.5">
        {rows.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-ink-3">{term}</dt>
            <dd className="min-w-0">{value}</dd>
          </div>
        ))}
      </dl>
      {Object.keys(entry.details).length === 0 ? null : (
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold">{t('panel.details')}</h3>
          <CodeBlock code={JSON.stringify(entry.details, null, 2)} label={t('panel.details')} />
        </section>
      )}
    </div>
  );
}

/** A long identifier, cut to fit, with a copy button. */
function Copyable({ text }: { text: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="truncate font-mono text-xs">{text}</code>
      <CopyButton text={text} />
    </span>
  );
}
