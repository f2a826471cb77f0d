import type { SyncRun } from '@cloudatlas/contracts/inventory';
import type { Tone } from '@/ui/badge.tsx';

export const runTones: Record<SyncRun['status'], Tone> = {
  running: 'accent',
  succeeded: 'ok',
  partial: 'warn',
  failed: 'danger',
};
