import { Compass } from 'lucide-react';
import { Link } from 'react-router';
import { Button } from '@/ui/button.tsx';
import { EmptyState } from '@/ui/states.tsx';
import { useT } from '../i18n.ts';
import { paths } from '../paths.ts';
import { useTitle } from './page.tsx';

/** An address that leads nowhere, or to something of others: both look alike on purpose. */
export function NotFound() {
  const t = useT('shell');
  useTitle(t('notFound.title'));
  return (
    <EmptyState
      icon={Compass}
      heading="h1"
      title={t('notFound.title')}
      action={
        <Button asChild>
          <Link to={paths.root}>{t('notFound.home')}</Link>
        </Button>
      }
    >
      {t('notFound.text')}
    </EmptyState>
  );
}
