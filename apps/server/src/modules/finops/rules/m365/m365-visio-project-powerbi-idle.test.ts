import { licenceAtRestRows } from '../testing/licence-rows.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './m365-visio-project-powerbi-idle.ts';

describeRule(rule, licenceAtRestRows('VISIOCLIENT', '15', undefined));
