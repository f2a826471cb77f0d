import type { Rule } from '../rule.ts';
import { ageDays, daysSince, instantIn } from '../shared/ages.ts';
import { textAt } from '../shared/attributes.ts';
import { parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { licenceFinding, licencesOf, REMOVE, usageOf, USER } from './users.ts';

export const rule: Rule = {
  id: 'm365-copilot-idle',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Copilot seat that is not used', 'Licença do Copilot sem uso'),
  criterion: words('No activity in Copilot for 30 days.', 'Nenhuma atividade no Copilot em 30 dias.'),
  remedy: words(
    'Take the Copilot licence back. Undo assigns it again.',
    'Retire a licença do Copilot. Desfazer a atribui de novo.',
  ),
  parameters: {
    days: parameter('Days without activity, at least', 'Dias sem atividade, no mínimo', 'days', [30, 7, 90]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'high',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: REMOVE,
  permissions: {
    read: ['User.Read.All', 'LicenseAssignment.Read.All', 'Reports.Read.All'],
    apply: ['LicenseAssignment.ReadWrite.All'],
    undo: ['LicenseAssignment.ReadWrite.All'],
  },
  examine(user, facts) {
    const seat = licencesOf(user).filter(({ part }) => /copilot/i.test(part));
    if (seat.length === 0) return CLEAR;
    const usage = usageOf(user);
    if (isSkip(usage)) return usage;
    const written = textAt(usage, 'copilotLastActivity');
    if (written === undefined) return skip('no_metrics', 'Copilot usage report');
    const last = instantIn(written);
    const limit = facts.parameter('days');
    if (last && daysSince(last, facts.now) < limit) return CLEAR;
    if (ageDays(user, facts.now) < limit) return skip('too_young', `${limit} days`);
    return licenceFinding(user, facts, seat, {
      why: last
        ? local(
            (f) => `Copilot was used last ${f.days(Math.floor(daysSince(last, facts.now)))} ago.`,
            (f) =>
              `O Copilot foi usado pela última vez há ${f.days(Math.floor(daysSince(last, facts.now)))}.`,
          )
        : words(
            'Copilot was never used in the 90 days of the report.',
            'O Copilot não foi usado nos 90 dias do relatório.',
          ),
    });
  },
};
