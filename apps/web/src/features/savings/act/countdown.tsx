import { useEffect, useState } from 'react';
import { useFormat } from '@/app/format.ts';
import { Tooltip } from '@/ui/tooltip.tsx';

const two = (value: number): string => String(value).padStart(2, '0');

/** Time left as H:MM:SS, every second; the exact end on hover. Nothing once it is over. */
export function Countdown({ until, onOver }: { until: string; onOver?: () => void }) {
  const format = useFormat();
  const [now, setNow] = useState(Date.now);
  const left = Math.max(0, Math.floor((Date.parse(until) - now) / 1000));
  const over = left === 0;
  useEffect(() => {
    if (over) {
      onOver?.();
      return;
    }
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- told once, when it is over
  }, [over]);
  return (
    <Tooltip
      label={
        <span className="num whitespace-pre-line">{`${format.dateTime(until)}\n${format.utc(until)}`}</span>
      }
    >
      <time dateTime={until} tabIndex={0} className="num rounded-sm font-medium">
        {Math.floor(left / 3600)}:{two(Math.floor(left / 60) % 60)}:{two(left % 60)}
      </time>
    </Tooltip>
  );
}
