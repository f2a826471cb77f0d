import { ChevronDown, Download, Link2 } from 'lucide-react';
import { currentLanguage, useT } from '@/app/i18n.ts';
import { useWorkspacePlace } from '@/features/accounts/queries.ts';
import { Button } from '@/ui/button.tsx';
import { Menu, MenuItem } from '@/ui/menu.tsx';
import { toast } from '@/ui/toast-store.ts';
import { exportFormats, exportUrl } from '../queries.ts';
import type { QuestionInput } from '../state.ts';

/** Downloads of what is shown, and its address for a colleague. */
export function ExportMenu({ question }: { question: QuestionInput }) {
  const t = useT('costs');
  const place = useWorkspacePlace();
  const share = (): void => {
    navigator.clipboard.writeText(window.location.href).then(
      () => toast.success(t('share.done')),
      () => toast.error(t('ui:copy.failed')),
    );
  };
  return (
    <>
      <Button onClick={share}>
        <Link2 /> {t('share.action')}
      </Button>
      <Menu
        trigger={
          <Button>
            <Download /> {t('export.action')} <ChevronDown aria-hidden className="size-3! text-ink-3" />
          </Button>
        }
      >
        {exportFormats.map((format) => (
          <MenuItem key={format} asChild>
            <a
              href={exportUrl(place, format, question, currentLanguage())}
              download
              aria-label={t(`export.${format}.name`)}
            >
              <span>
                <span className="block">{t(`export.${format}.name`)}</span>
                <span className="block text-xs text-ink-3">{t(`export.${format}.text`)}</span>
              </span>
            </a>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
