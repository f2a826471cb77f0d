import type { Rule } from '../rule.ts';
import { flagAt, numberAt, textAt } from '../shared/attributes.ts';
import { parameter } from '../shared/parameters.ts';
import { CLEAR, isSkip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { isMailbox, licenceFinding, licencesOf, REMOVE, usageOf, USER } from './users.ts';

const GIB = 1024 ** 3;

export const rule: Rule = {
  id: 'm365-shared-mailbox-licensed',
  provider: 'm365',
  resourceType: USER,
  category: 'licence',
  title: words('Shared mailbox with a licence', 'Caixa de correio compartilhada com licença'),
  criterion: words(
    'A shared, room or equipment mailbox of at most 50 GB without archive. Litigation hold is not told by any report: look before.',
    'Caixa compartilhada, de sala ou de equipamento de até 50 GB sem arquivo. Retenção por litígio não aparece em nenhum relatório: verifique antes.',
  ),
  remedy: words(
    'Take the licences back: such mailboxes need none. Undo assigns them again.',
    'Retire as licenças: essas caixas não precisam delas. Desfazer as atribui de novo.',
  ),
  parameters: {
    gib: parameter('Mailbox at most', 'Caixa de correio no máximo', 'GiB', [50, 1, 50]),
  },
  metrics: [],
  lookbackDays: 0,
  saving: 'M3',
  confidence: 'medium',
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
    if (licencesOf(user).length === 0) return CLEAR;
    const usage = usageOf(user);
    if (isSkip(usage)) return usage;
    if (!isMailbox(user)) return CLEAR;
    const kind = textAt(usage, 'mailbox', 'recipientType') ?? '';
    const bytes = numberAt(usage, 'mailbox', 'storageBytes') ?? 0;
    if (bytes > facts.parameter('gib') * GIB || flagAt(usage, 'mailbox', 'hasArchive')) return CLEAR;
    return licenceFinding(user, facts, licencesOf(user), {
      why: local(
        (f) => `A ${kind.toLowerCase()} mailbox of ${f.bytes(bytes)} needs no licence.`,
        (f) => `Uma caixa do tipo ${kind} com ${f.bytes(bytes)} não precisa de licença.`,
      ),
    });
  },
};
