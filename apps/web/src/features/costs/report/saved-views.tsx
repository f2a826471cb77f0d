import { Bookmark } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useT } from '@/app/i18n.ts';
import { lazyNamed } from '@/app/lazy-named.ts';
import { Button } from '@/ui/button.tsx';

const ViewsDialog = lazyNamed(() => import('./views-dialog.tsx').then((module) => module.ViewsDialog));

/** Views asked for often, under a name; own ones and those shared with the workspace. */
export function SavedViews({ search }: { search: string }) {
  const t = useT('costs');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Bookmark /> {t('views.action')}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <ViewsDialog search={search} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
