import { parseArgs } from 'node:util';
import { SCENARIOS, type ScenarioName } from './scenarios/scenarios.ts';
import { startSimulator } from './server.ts';

const USAGE = `Usage: simulator [--port 4600] [--host 127.0.0.1] [--scenario ${SCENARIOS.join('|')}] [--seed text]
                 [--resources 10000] [--accounts 3] [--transition-scale 1] [--clock-factor 1]`;

function fail(message: string): never {
  console.error(`${message}\n${USAGE}`);
  process.exit(2);
}

function numberOption(name: string, text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < 0) fail(`--${name} must be a number of 0 or more`);
  return value;
}

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4600' },
    host: { type: 'string', default: '127.0.0.1' },
    scenario: { type: 'string', default: 'demo' },
    seed: { type: 'string', default: 'cloudatlas' },
    resources: { type: 'string', default: '10000' },
    accounts: { type: 'string', default: '3' },
    'transition-scale': { type: 'string', default: '1' },
    'clock-factor': { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
if (!SCENARIOS.includes(values.scenario as ScenarioName)) fail(`unknown scenario ${values.scenario}`);

const controlToken = process.env['SIMULATOR_CONTROL_TOKEN'];
const simulator = await startSimulator({
  port: numberOption('port', values.port),
  host: values.host,
  scenario: values.scenario as ScenarioName,
  seed: values.seed,
  scenarioOptions: {
    resources: numberOption('resources', values.resources),
    accounts: numberOption('accounts', values.accounts),
  },
  transitionScale: numberOption('transition-scale', values['transition-scale']),
  clock: { factor: numberOption('clock-factor', values['clock-factor']) },
  ...(controlToken ? { controlToken } : {}),
});

console.log(`AWS simulator on ${simulator.url}, scenario ${values.scenario}`);
for (const key of simulator.control.report?.keys ?? []) {
  console.log(`  ${key.accountId} ${key.label}: ${key.accessKeyId} / ${key.secretAccessKey}`);
}
for (const role of simulator.control.report?.roles ?? []) {
  console.log(`  role ${role.arn}${role.externalId ? ` external id ${role.externalId}` : ''}`);
}

function stop(): void {
  simulator.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
