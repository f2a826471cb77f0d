import { Bookmark } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { useT } from '../i18n.ts';
import { lazyNamed } from '../lazy-named.ts';
import type { ViewsDialogProps } from './views-dialog.tsx';

const ViewsDialog = lazyNamed(() => import('./views-dialog.tsx').then((module) => module.ViewsDialog));

/** Filters asked for often, under a name; own ones and those shared with the workspace. */
export function SavedViews(props: Omit<ViewsDialogProps, 'onClose'>) {
  const t = useT('ui');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Bookmark /> {t('views.action')}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <ViewsDialog {...props} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
