import { licenceAtRestRows } from '../testing/licence-rows.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-teams-phone-unused.ts';

describeRule(rule, licenceAtRestRows('MCOEV', '10', 'teams'));
