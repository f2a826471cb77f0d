import type { LocalText } from '@cloudatlas/contracts/finops';
import type { StepRecord } from './tables.ts';

/** Why an action stands between the states. */
export type AttentionCause =
  /** Taking back failed half way. */
  | 'rollback'
  | 'undo'
  /** What was in quarantine is in use again or was taken out at the provider. */
  | 'quarantine_left'
  | 'deletion'
  /** The program itself failed. */
  | 'interrupted';

/**
 * What is true at the provider now and what a person should do, in plain words. Everything in it comes from the
 * journal: calls that are in force, calls that were taken back, and the one that failed.
 */
export function attentionOf(
  cause: AttentionCause,
  apply: readonly StepRecord[],
  undo: readonly StepRecord[],
  message: string,
): LocalText {
  const takenBack = new Set(
    undo.flatMap((step) =>
      step.undoes !== null && ['done', 'already'].includes(step.status) ? [step.undoes] : [],
    ),
  );
  const force = apply.filter((step) => step.status === 'done' && !takenBack.has(step.position)).map(named);
  const back = apply.filter((step) => takenBack.has(step.position)).map(named);
  const open = [...apply, ...undo]
    .filter(({ status }) => status === 'failed' || status === 'undo_failed' || status === 'running')
    .map(named);
  const made = [...apply, ...undo].flatMap((step) => step.created.map(({ id }) => id));
  const say = (texts: Texts): string =>
    [
      texts.cause[cause],
      force.length > 0 ? `${texts.force} ${force.join(', ')}.` : '',
      back.length > 0 ? `${texts.back} ${back.join(', ')}.` : '',
      open.length > 0 ? `${texts.open} ${open.join(', ')} — ${message}` : message,
      made.length > 0 ? `${texts.made} ${made.join(', ')}.` : '',
      texts.todo[cause],
    ]
      .filter((part) => part !== '')
      .join(' ')
      .slice(0, 2000);
  return { en: say(english), 'pt-BR': say(portuguese) };
}

function named({ operation, target }: StepRecord): string {
  return `${operation} ${target.id}`;
}

interface Texts {
  cause: Record<AttentionCause, string>;
  force: string;
  back: string;
  open: string;
  made: string;
  todo: Record<AttentionCause, string>;
}

const english: Texts = {
  cause: {
    rollback: 'The action failed half way, and not everything could be taken back.',
    undo: 'Undo failed half way.',
    quarantine_left: 'It was not deleted, because it is not as the quarantine left it.',
    deletion: 'It could not be deleted at the end of the quarantine.',
    interrupted: 'The server could not carry the action through.',
  },
  force: 'In force:',
  back: 'Taken back:',
  open: 'Failed or not known:',
  made: 'Exists because of it:',
  todo: {
    rollback:
      'Mend the cause (permission, capacity, dependency) and press Undo: what is left is tried again.',
    undo: 'Mend the cause (permission, capacity, dependency) and press Undo: what is left is tried again.',
    quarantine_left:
      'If it is needed, press Undo to take it out of quarantine; otherwise delete it yourself.',
    deletion: 'Press Undo to take it out of quarantine, or delete it yourself when the cause is mended.',
    interrupted: 'Look at the resource at the provider, then press Undo to put it back.',
  },
};

const portuguese: Texts = {
  cause: {
    rollback: 'A ação falhou no meio, e nem tudo pôde ser desfeito.',
    undo: 'A operação de desfazer falhou no meio.',
    quarantine_left: 'Não foi excluído, porque não está mais como a quarentena o deixou.',
    deletion: 'Não foi possível excluir ao fim da quarentena.',
    interrupted: 'O servidor não conseguiu concluir a ação.',
  },
  force: 'Em vigor:',
  back: 'Desfeito:',
  open: 'Falhou ou não se sabe:',
  made: 'Existe por causa da ação:',
  todo: {
    rollback:
      'Corrija a causa (permissão, capacidade, dependência) e use Desfazer: o que falta será tentado de novo.',
    undo: 'Corrija a causa (permissão, capacidade, dependência) e use Desfazer: o que falta será tentado de novo.',
    quarantine_left:
      'Se for necessário, use Desfazer para retirá-lo da quarentena; caso contrário, exclua-o você mesmo.',
    deletion:
      'Use Desfazer para retirá-lo da quarentena, ou exclua-o você mesmo quando a causa estiver resolvida.',
    interrupted: 'Verifique o recurso no provedor e depois use Desfazer para restaurá-lo.',
  },
};
