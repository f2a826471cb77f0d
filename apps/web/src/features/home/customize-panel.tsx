import type { DashboardLayout } from '@cloudatlas/contracts/dashboards';
import { RotateCcw } from 'lucide-react';
import { useT } from '@/app/i18n.ts';
import { Button } from '@/ui/button.tsx';
import { Switch } from '@/ui/choice.tsx';
import { Sheet } from '@/ui/sheet.tsx';
import type { LayoutActions } from './use-layout.ts';

interface CustomizePanelProps {
  layout: DashboardLayout;
  actions: LayoutActions;
  onClose: () => void;
}

/** Which widgets are shown; the page behind changes at once. */
export function CustomizePanel({ layout, actions, onClose }: CustomizePanelProps) {
  const t = useT('home');
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('customize.title')}
      description={t('customize.text')}
      footer={
        <Button
          onClick={actions.reset}
          disabledReason={layout.changed ? undefined : t('customize.asItComes')}
        >
          <RotateCcw /> {t('customize.reset')}
        </Button>
      }
    >
      <ul className="divide-y divide-line rounded-lg border border-line">
        {layout.order.map((id) => (
          <li key={id}>
            <div className="flex items-center gap-3 px-4 py-3">
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{t(`widget.${id}`)}</span>
                <span className="block text-xs text-ink-2">{t(`about.${id}`)}</span>
              </span>
              <Switch
                aria-label={t(`widget.${id}`)}
                checked={!layout.hidden.includes(id)}
                onCheckedChange={(shown) => actions.show(id, shown)}
              />
            </div>
          </li>
        ))}
      </ul>
      <p className="mt-4 text-xs text-ink-3">{t('customize.saved')}</p>
    </Sheet>
  );
}
