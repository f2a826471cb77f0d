import { Download } from 'lucide-react';
import { useT } from '@/app/i18n.ts';
import { Button } from '@/ui/button.tsx';
import { CopyButton } from '@/ui/copy-button.tsx';
import { Notice } from '@/ui/form.tsx';

/** Offers the codes as a text file. */
function download(codes: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'cloudatlas-recovery-codes.txt';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Recovery codes, shown this once. */
export function RecoveryCodesView({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useT('identity');
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="warn">{t('codes.once')}</Notice>
      <ul
        aria-label={t('codes.title')}
        className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-md border border-line bg-sunken p-4 text-center font-mono text-base"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={codes.join('\n')} label={t('codes.copy')} />
        <Button onClick={() => download(codes)}>
          <Download /> {t('codes.download')}
        </Button>
        <Button variant="primary" className="ml-auto" onClick={onDone}>
          {t('codes.done')}
        </Button>
      </div>
    </div>
  );
}
