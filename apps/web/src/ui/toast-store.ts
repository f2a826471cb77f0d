import { useSyncExternalStore } from 'react';

export interface ToastMessage {
  id: number;
  tone: 'ok' | 'danger' | 'neutral';
  text: string;
  detail?: string | undefined;
  /** One way on, e.g. Undo. */
  action?: { label: string; run: () => void } | undefined;
}

type Extra = Pick<ToastMessage, 'detail' | 'action'>;

let messages: readonly ToastMessage[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly ToastMessage[]): void {
  messages = next;
  for (const listener of listeners) listener();
}

function show(tone: ToastMessage['tone'], text: string, extra: Extra = {}): void {
  lastId += 1;
  // Four fit on a phone; older ones give way.
  publish([...messages, { id: lastId, tone, text, ...extra }].slice(-4));
}

/** Short messages about what just happened; callable from anywhere. */
export const toast = {
  success: (text: string, extra?: Extra): void => show('ok', text, extra),
  error: (text: string, extra?: Extra): void => show('danger', text, extra),
  info: (text: string, extra?: Extra): void => show('neutral', text, extra),
};

export function dismissToast(id: number): void {
  publish(messages.filter((message) => message.id !== id));
}

/** The messages on screen now. */
export function useToasts(): readonly ToastMessage[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => messages,
  );
}
