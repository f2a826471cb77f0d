import { Plus } from 'lucide-react';
import { Link } from 'react-router';
import { useT } from '@/app/i18n.ts';
import { useDenial } from '@/app/scope.tsx';
import { Button } from '@/ui/button.tsx';
import { useCloudPaths } from './paths.ts';

/** Leads to the wizard, or says why it does not. */
export function ConnectButton() {
  const t = useT('cloud');
  const to = useCloudPaths();
  const denial = useDenial('accounts:write');
  const text = (
    <>
      <Plus /> {t('connect')}
    </>
  );
  return denial === undefined ? (
    <Button asChild variant="primary">
      <Link to={to.connect}>{text}</Link>
    </Button>
  ) : (
    <Button variant="primary" disabledReason={denial}>
      {text}
    </Button>
  );
}
