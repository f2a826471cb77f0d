import { X } from 'lucide-react';
import { useFormat } from '@/app/format.ts';
import { useT } from '@/app/i18n.ts';
import { explainError } from '@/app/problem.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Card } from '@/ui/card.tsx';
import { ProgressBar } from '@/ui/progress.tsx';
import { useBytes } from './bytes.ts';
import { dismissUpload, useUploads } from './uploads.ts';

/** What this tab is sending. */
export function ActiveUploads() {
  const t = useT('costs');
  const format = useFormat();
  const bytes = useBytes();
  const place = useWorkspacePlace();
  const uploads = useUploads().filter(
    (upload) => upload.place.org === place.org && upload.place.workspace === place.workspace,
  );
  return uploads.map((upload) => {
    const failed = upload.status === 'failed';
    const name = format.list(upload.files);
    return (
      <Card key={upload.id}>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1 basis-64">
            <p className="mb-1.5 flex justify-between gap-4">
              <span className="truncate font-medium">{name}</span>
              <span className="num whitespace-nowrap text-ink-2">
                {t('upload.sent', { sent: bytes(upload.sent), all: bytes(upload.bytes) })}
              </span>
            </p>
            <ProgressBar
              label={t('upload.sending', { name })}
              value={upload.sent}
              max={upload.bytes}
              tone={failed ? 'danger' : 'accent'}
            />
            {failed ? (
              <p role="alert" className="mt-2 text-danger-text">
                {explainError(upload.error)}
              </p>
            ) : null}
          </div>
          <Button size="sm" onClick={() => (failed ? dismissUpload(upload) : upload.cancel())}>
            <X /> {failed ? t('upload.dismiss') : t('upload.cancel')}
          </Button>
        </div>
      </Card>
    );
  });
}
