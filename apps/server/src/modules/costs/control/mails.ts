import type { NewAlert } from './alerts.ts';

type Facts = NewAlert['facts'];

/** The mail about an alert in the reader's language, as plain text: links in plain text survive every mail client. */
export function alertMail(
  locale: string,
  alert: NewAlert,
  publicUrl: string,
): { subject: string; text: string } {
  const name = oneLine(alert.sourceName);
  const sentence = locale === 'pt-BR' ? inPortuguese(alert, name) : inEnglish(alert, name);
  const where = locale === 'pt-BR' ? 'Veja os custos' : 'See the costs';
  return { subject: sentence.slice(0, 180), text: `${sentence}\n\n${where}:\n${publicUrl}\n` };
}

function money(value: Facts[string] | undefined, alert: NewAlert, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency: alert.currency }).format(
    Number(value ?? 0),
  );
}

function inEnglish(alert: NewAlert, name: string): string {
  const { facts } = alert;
  const amount = (key: string): string => money(facts[key], alert, 'en');
  switch (alert.kind) {
    case 'budget':
      return facts['on'] === 'forecast'
        ? `Budget ${name}: expected to reach ${amount('actual')}, ${facts['threshold']} % or more of ${amount('amount')}`
        : `Budget ${name}: ${amount('actual')} spent, ${facts['threshold']} % or more of ${amount('amount')}`;
    case 'rule':
      return `Cost alert ${name}: ${amount('actual')} (before: ${amount('previous')})`;
    case 'anomaly':
      return `Unusual cost of ${name}${place(alert, name)} on ${facts['day']}: ${amount('actual')} instead of ${amount('expected')}`;
  }
}

function inPortuguese(alert: NewAlert, name: string): string {
  const { facts } = alert;
  const amount = (key: string): string => money(facts[key], alert, 'pt-BR');
  switch (alert.kind) {
    case 'budget':
      return facts['on'] === 'forecast'
        ? `Orçamento ${name}: previsão de ${amount('actual')}, ${facts['threshold']} % ou mais de ${amount('amount')}`
        : `Orçamento ${name}: gastos de ${amount('actual')}, ${facts['threshold']} % ou mais de ${amount('amount')}`;
    case 'rule':
      return `Alerta de custo ${name}: ${amount('actual')} (antes: ${amount('previous')})`;
    case 'anomaly':
      return `Custo incomum de ${name}${place(alert, name)} em ${facts['day']}: ${amount('actual')} em vez de ${amount('expected')}`;
  }
}

/** Account and region of an anomaly, in brackets. */
function place({ facts }: NewAlert, name: string): string {
  const parts = [facts['account'], facts['region']].map((fact) => oneLine(String(fact ?? '')));
  const shown = parts.filter((part) => part !== '' && part !== name);
  return shown.length === 0 ? '' : ` (${shown.join(', ')})`;
}

/** Names are people's input: no line breaks into subjects. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').slice(0, 120);
}
