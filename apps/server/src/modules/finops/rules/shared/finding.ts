import type { ResourceState } from '@cloudatlas/cloud/resource';
import type { Evidence, Grade, LocalText } from '@cloudatlas/contracts/finops';
import type { Finding, PlannedAction, PlannedOperation, RuleResource, Skip, Verdict } from '../rule.ts';
import { isWorth, type Saving } from './saving.ts';
import { CLEAR, isSkip } from './verdict.ts';
import { words } from './words.ts';

type Spec = Finding['current'];

/** What a rule says beside the money. */
interface Said {
  readonly why: LocalText;
  readonly current?: Spec;
  readonly recommended?: Spec;
  readonly evidence?: readonly Evidence[];
  readonly action?: PlannedAction | null;
  readonly confidence?: Grade;
}

const GRADES = ['low', 'medium', 'high'] as const;

function lower(a: Grade | undefined, b: Grade | undefined): Grade | undefined {
  if (!a || !b) return a ?? b;
  return GRADES.indexOf(a) < GRADES.indexOf(b) ? a : b;
}

/** The verdict of a saving: why it could not be found, nothing when it is nothing, else the finding. */
export function found(saving: Saving | Skip, said: Said): Verdict {
  if (isSkip(saving)) return saving;
  if (!isWorth(saving)) return CLEAR;
  const confidence = lower(saving.confidence, said.confidence);
  return {
    kind: 'finding',
    monthly: saving.monthly,
    currency: saving.currency,
    method: saving.method,
    why: said.why,
    explanation: saving.explanation,
    current: said.current ?? [],
    recommended: said.recommended ?? [],
    evidence: said.evidence ?? [],
    action: said.action ?? null,
    ...(confidence ? { confidence } : {}),
  };
}

/** One line of a specification. */
export function spec(label: LocalText, value: string | number): Spec[number] {
  return { label, value: String(value) };
}

/** Labels that many rules use. */
export const LABEL = {
  type: words('Type', 'Tipo'),
  size: words('Size', 'Tamanho'),
  state: words('State', 'Estado'),
  cpus: words('vCPU', 'vCPU'),
  memory: words('Memory', 'Memória'),
  storage: words('Storage', 'Armazenamento'),
  iops: words('IOPS', 'IOPS'),
  throughput: words('Throughput', 'Taxa de transferência'),
  cpu: words('CPU', 'CPU'),
  networkIn: words('Network in', 'Rede, entrada'),
  networkOut: words('Network out', 'Rede, saída'),
  connections: words('Connections', 'Conexões'),
  requests: words('Requests', 'Requisições'),
  engine: words('Engine', 'Mecanismo'),
  nodes: words('Nodes', 'Nós'),
  created: words('Created', 'Criado em'),
  retention: words('Retention', 'Retenção'),
} as const;

/** Operations on the resource itself, without parameters unless given. */
export function operations(...steps: readonly (string | PlannedOperation)[]): PlannedAction {
  return { kind: 'operations', operations: steps.map(step) };
}

function step(given: string | PlannedOperation): PlannedOperation {
  return typeof given === 'string' ? { operation: given, parameters: {} } : given;
}

/** Snapshot, then delete; what must come before goes first. */
export function snapshotDelete(...before: readonly (string | PlannedOperation)[]): PlannedAction {
  return { kind: 'snapshot_delete', operations: before.map(step) };
}

/** Set aside for 24 hours, then deleted unless taken back. */
export function quarantineDelete(...before: readonly (string | PlannedOperation)[]): PlannedAction {
  return { kind: 'quarantine_delete', operations: before.map(step) };
}

/** A state as one line of a specification; the words are those of ResourceState, which pages translate. */
export function stateSpec(state: ResourceState): Spec[number] {
  return spec(LABEL.state, state);
}

/** The provider's name of a resource's size, when it has one. */
export function sizeSpec(resource: RuleResource): Spec {
  return resource.size?.sku === undefined ? [] : [spec(LABEL.type, resource.size.sku)];
}
