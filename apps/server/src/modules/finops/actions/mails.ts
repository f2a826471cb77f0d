import type { ActionRecord } from './tables.ts';

/** Tells whoever asked that a request has ended without a decision, in their language, as plain text. */
export function expiredMail(
  locale: string,
  action: Pick<ActionRecord, 'title' | 'resource' | 'account_name'>,
  publicUrl: string,
): { subject: string; text: string } {
  const name = oneLine(action.resource.name);
  const account = oneLine(action.account_name);
  if (locale === 'pt-BR')
    return {
      subject: `Pedido de economia expirado: ${name}`,
      text: `Seu pedido “${action.title['pt-BR']}” para ${name} na conta ${account} terminou sem decisão. Nada foi feito.\n\nVeja as economias:\n${publicUrl}\n`,
    };
  return {
    subject: `Saving request expired: ${name}`,
    text: `Your request “${action.title.en}” for ${name} in the account ${account} ended without a decision. Nothing was done.\n\nSee the savings:\n${publicUrl}\n`,
  };
}

/** Names are people's input: no line breaks into subjects. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').slice(0, 120);
}
