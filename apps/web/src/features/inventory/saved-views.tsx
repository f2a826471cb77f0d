import { Bookmark } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { Button } from '@/ui/button.tsx';

const ViewsDialog = lazyNamed(() => import('./views-dialog.tsx').then((module) => module.ViewsDialog));

/** Questions asked often, under a name; own ones and those shared with the workspace. */
export function SavedViews() {
  const t = useT('inventory');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Bookmark /> {t('views.action')}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <ViewsDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
