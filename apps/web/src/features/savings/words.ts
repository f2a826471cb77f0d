/** Words and colours of savings that several pages share. */
import type { Grade, LocalText, RecommendationStatus, UndoClass } from '@cloudatlas/contracts/finops';
import type { ActionStatus } from '@cloudatlas/contracts/finops-actions';
import { useMemo } from 'react';
import { useFormat } from '@/app/format.ts';
import { useTranslation } from 'react-i18next';
import type { Tone } from '@/ui/badge.tsx';

/** Picks the language in use of texts that the API brings in both. */
export function useLocal(): (text: LocalText) => string {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => (text) => (language === 'pt-BR' ? text['pt-BR'] : text.en), [language]);
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** Values of facts as people read them: instants by locale and zone, everything else as it came. */
export function useValue(): (value: string) => string {
  const format = useFormat();
  return (value) => (instant.test(value) ? format.dateTime(value) : value);
}

export const priorityTones: Record<Grade, Tone> = { high: 'danger', medium: 'warn', low: 'neutral' };

/** Most certain is calm, least certain warns. */
export const confidenceTones: Record<Grade, Tone> = { high: 'ok', medium: 'neutral', low: 'warn' };

export const undoTones: Record<UndoClass, Tone> = { R: 'ok', S: 'accent', N: 'warn' };

export const statusTones: Record<RecommendationStatus, Tone> = {
  open: 'neutral',
  applying: 'accent',
  applied: 'ok',
  dismissed: 'neutral',
  expired: 'neutral',
  needs_attention: 'danger',
};

export const actionTones: Record<ActionStatus, Tone> = {
  waiting: 'warn',
  running: 'accent',
  applied: 'ok',
  quarantined: 'warn',
  final: 'ok',
  failed: 'danger',
  undoing: 'accent',
  undone: 'neutral',
  rejected: 'neutral',
  withdrawn: 'neutral',
  expired: 'neutral',
  needs_attention: 'danger',
};

/** Whether the action will change by itself. */
export const isMoving = (status: ActionStatus): boolean => status === 'running' || status === 'undoing';
