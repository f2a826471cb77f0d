import { useQueryClient } from '@tanstack/react-query';
import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '../i18n.ts';

type Connection = 'fine' | 'gone' | 'back';

/** How long the good news stays, in milliseconds. */
const backMs = 3000;

/** Says when the connection is gone, and for a moment when it is back (and then fetches anew). */
export function OfflineBanner() {
  const t = useT('shell');
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>(() => (navigator.onLine ? 'fine' : 'gone'));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gone = (): void => {
      clearTimeout(timer);
      setConnection('gone');
    };
    const back = (): void => {
      setConnection('back');
      void client.invalidateQueries();
      timer = setTimeout(() => setConnection('fine'), backMs);
    };
    window.addEventListener('offline', gone);
    window.addEventListener('online', back);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('offline', gone);
      window.removeEventListener('online', back);
    };
  }, [client]);
  if (connection === 'fine') return null;
  return (
    <div
      role="status"
      className="fixed bottom-3 left-1/2 z-50 flex -translate-x-1/2 items-center gap-2 whitespace-nowrap rounded-full bg-ink px-3 py-1.5 text-xs font-medium text-canvas shadow-float"
    >
      <WifiOff aria-hidden className="size-3.5" />
      {connection === 'gone' ? t('offline.gone') : t('offline.back')}
    </div>
  );
}
