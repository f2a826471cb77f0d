import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import i18next from 'i18next';
import { useT } from '@/app/i18n.ts';
import { Button } from '@/ui/button.tsx';
import { CodeBlock } from '@/ui/code-block.tsx';
import { CopyButton } from '@/ui/copy-button.tsx';
import { Skeleton } from '@/ui/skeleton.tsx';
import { ErrorState } from '@/ui/states.tsx';
import { Tabs } from '@/ui/tabs.tsx';
import { accessTemplatesQuery, useWorkspacePlace, type Feature } from './queries.ts';

interface AccessTemplatesProps {
  provider: string;
  features: readonly Feature[];
}

/** The least that has to be allowed, ready to copy or download. */
export function AccessTemplates({ provider, features }: AccessTemplatesProps) {
  const t = useT('accounts');
  const place = useWorkspacePlace();
  const { data, error, refetch } = useQuery(accessTemplatesQuery(place, provider, features));
  const [chosen, setChosen] = useState<string>();
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton className="h-64" />;
  const value = data.items.some((item) => item.id === chosen) ? (chosen ?? '') : (data.items[0]?.id ?? '');
  return (
    <div className="flex flex-col gap-4">
      <Tabs
        label={t('access.title')}
        value={value}
        onChange={setChosen}
        tabs={data.items.map((item) => ({
          value: item.id,
          label: i18next.exists(`access.item.${item.id}`, { ns: 'accounts' })
            ? t(`access.item.${item.id}`)
            : item.label,
          content: (
            <div className="flex flex-col gap-2">
              <CodeBlock code={item.text} label={item.fileName} />
              <span>
                <Button size="sm" onClick={() => download(item.fileName, item.mediaType, item.text)}>
                  <Download /> {t('access.download', { name: item.fileName })}
                </Button>
              </span>
            </div>
          ),
        }))}
      />
      {data.externalId === null ? null : (
        <div className="rounded-md border border-line bg-sunken px-3 py-2">
          <p className="font-medium">{t('access.externalId')}</p>
          <p className="mt-0.5 text-ink-2">{t('access.externalIdText')}</p>
          <p className="mt-1.5 flex items-center gap-1">
            <code className="min-w-0 truncate font-mono text-xs">{data.externalId}</code>
            <CopyButton text={data.externalId} name={t('access.copyExternalId')} />
          </p>
        </div>
      )}
    </div>
  );
}

function download(fileName: string, mediaType: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
