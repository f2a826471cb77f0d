import type { Rule } from '../rule.ts';
import { numberAt } from '../shared/attributes.ts';
import { daily } from '../shared/evidence.ts';
import { found, operations, spec } from '../shared/finding.ts';
import { lookback, parameter } from '../shared/parameters.ts';
import { hygiene } from '../shared/saving.ts';
import { CLEAR, skip } from '../shared/verdict.ts';
import { local, words } from '../shared/words.ts';
import { CONFIGURE_PERMISSIONS, FUNCTION } from './functions.ts';

const TIMEOUT = words('Timeout', 'Tempo limite');
/** The new timeout is so many times the longest call. */
const ROOM = 2;

export const rule: Rule = {
  id: 'aws-lambda-timeout',
  provider: 'aws',
  resourceType: FUNCTION,
  category: 'hygiene',
  title: words('Lambda function with a far too long timeout', 'Função Lambda com tempo limite longo demais'),
  criterion: words(
    'A timeout of 30 seconds or more that is 5 times the average call or more: a call that hangs is charged until then.',
    'Tempo limite de 30 segundos ou mais que é 5 vezes a chamada média ou mais: uma chamada travada é cobrada até lá.',
  ),
  remedy: words(
    'Set the timeout to twice the longest call. Undo sets it back.',
    'Defina o tempo limite como o dobro da chamada mais longa. Desfazer o restaura.',
  ),
  parameters: {
    days: lookback(14, 7, 30),
    seconds: parameter('Timeout at least', 'Tempo limite de pelo menos', 'seconds', [30, 3, 900]),
    times: parameter(
      'Times the average call, at least',
      'Vezes a chamada média, no mínimo',
      'factor',
      [5, 2, 100],
    ),
  },
  metrics: [
    { metric: 'duration', statistic: 'average' },
    { metric: 'duration', statistic: 'maximum' },
  ],
  lookbackDays: 30,
  saving: 'M0',
  confidence: 'medium',
  effort: 'low',
  restart: false,
  undoClass: 'R',
  action: 'operations',
  operations: [{ operation: 'configure' }],
  permissions: CONFIGURE_PERMISSIONS,
  claims: 'setting',
  examine(fn, facts) {
    const timeout = numberAt(fn.attributes, 'Timeout');
    if (timeout === undefined) return skip('unknown_size');
    if (fn.state !== 'active' || timeout < facts.parameter('seconds')) return CLEAR;
    const days = facts.parameter('days');
    const mean = facts.metric(fn, 'duration', 'average', days);
    const longest = facts.metric(fn, 'duration', 'maximum', days);
    if (!mean || !longest || mean.days === 0) return skip('no_metrics', 'duration');
    if (timeout * 1000 < mean.average * facts.parameter('times')) return CLEAR;
    const next = Math.max(3, Math.ceil((longest.maximum / 1000) * ROOM));
    if (next >= timeout) return CLEAR;
    const saving = hygiene(
      words(
        'It costs only when calls hang, so no amount is claimed.',
        'Só custa quando chamadas travam, por isso nenhum valor é declarado.',
      ),
    );
    return found(saving, {
      why: local(
        (f) =>
          `Calls take ${f.n(mean.average / 1000, 2)} s on average and ${f.n(longest.maximum / 1000, 2)} s at most; the timeout is ${f.n(timeout, 0)} s.`,
        (f) =>
          `As chamadas levam ${f.n(mean.average / 1000, 2)} s em média e no máximo ${f.n(longest.maximum / 1000, 2)} s; o tempo limite é ${f.n(timeout, 0)} s.`,
      ),
      current: [spec(TIMEOUT, `${timeout} s`)],
      recommended: [spec(TIMEOUT, `${next} s`)],
      evidence: [daily(words('Longest call', 'Chamada mais longa'), longest, 'maximum', timeout * 1000)],
      action: operations({ operation: 'configure', parameters: { timeoutSeconds: next } }),
    });
  },
};
