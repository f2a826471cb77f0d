import type { Field, FieldValues } from '@cloudatlas/cloud/fields';
import type { OperationDescriptor } from '@cloudatlas/cloud/operations';
import type { Feature } from '@cloudatlas/cloud/permissions';
import type { ResourceRef } from '@cloudatlas/cloud/resource';
import type { LocalText, UndoClass } from '@cloudatlas/contracts/finops';
import { AppError } from '#platform/errors/app-error.ts';
import type { PlannedAction } from '../rules/rule.ts';

/** A call that applying will make. */
export interface PlannedStep {
  operation: string;
  target: ResourceRef;
  parameters: FieldValues;
  /** The provider's own names of the calls. */
  calls: readonly string[];
  /** Made when the quarantine is over, not now. */
  later: boolean;
}

/**
 * Marks what is in quarantine. Name and value keep to what every provider takes: Google's labels are the strictest,
 * with 63 lower-case letters, digits, `_` and `-`, a letter first (Google Cloud, "Requirements for labels").
 */
const quarantineTag = 'cloudatlas-quarantine';
/** Older releases wrote this one; what is in quarantine by it stays so. */
const formerQuarantineTag = 'cloudatlas:quarantine';

/** The mark of a quarantine. @param until the instant from which on it may be deleted; to the second, in UTC */
export function quarantineMark(until: Date): Record<string, string> {
  const value = until
    .toISOString()
    .replace(/\.\d+Z$/, 'z')
    .toLowerCase();
  return { [quarantineTag]: value.replaceAll(':', '-') };
}

/** Whether tags say that something is in quarantine. */
export function isMarked(tags: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(tags, quarantineTag) || Object.hasOwn(tags, formerQuarantineTag);
}

/** How long something can be taken back, and how long a quarantine lasts. */
export const windowMs = 24 * 3_600_000;

/** Fields of a `delete` that take the copy made before it. */
const copyFields = ['snapshotId', 'imageId'];
/** Field of a `delete` with which the provider makes the snapshot itself. */
const finalSnapshotField = 'finalSnapshot';

type Operations = readonly OperationDescriptor[];

export function descriptorOf(
  operations: Operations,
  type: string,
  id: string,
): OperationDescriptor | undefined {
  return operations.find((operation) => operation.type === type && operation.id === id);
}

/**
 * The calls of an action, in order.
 * @param finalAt when a quarantine would end
 * @throws AppError `conflict` when the provider has no such operation
 */
export function planSteps(
  action: PlannedAction,
  resource: ResourceRef,
  operations: Operations,
  finalAt: Date,
): PlannedStep[] {
  const step = (id: string, target: ResourceRef, parameters: FieldValues, later = false): PlannedStep => {
    const descriptor = descriptorOf(operations, target.type, id);
    if (descriptor === undefined) throw new AppError('conflict', `${target.type} has no operation ${id}.`);
    return { operation: id, target: refOf(target), parameters, calls: descriptor.actions, later };
  };
  if (action.kind === 'schedule') {
    const { kind: _kind, ...window } = action;
    return [
      {
        operation: 'schedule',
        target: refOf(resource),
        parameters: { ...window, days: [...window.days] },
        calls: ['start', 'stop'].flatMap((id) => descriptorOf(operations, resource.type, id)?.actions ?? []),
        later: false,
      },
    ];
  }
  const planned = action.operations.map(({ operation, target, parameters }) =>
    step(operation, target ?? resource, { ...parameters }),
  );
  if (action.kind === 'operations') return planned;
  if (action.kind === 'quarantine_delete') {
    const mark = { tags: quarantineMark(finalAt) };
    return [...planned, step('tag', resource, mark), step('delete', resource, {}, true)];
  }
  const deletion = descriptorOf(operations, resource.type, 'delete');
  const snapshot = descriptorOf(operations, resource.type, 'snapshot');
  const byProvider = deletion?.parameters.some(({ name }) => name === finalSnapshotField) === true;
  if (byProvider) return [...planned, step('delete', resource, { [finalSnapshotField]: true })];
  if (snapshot === undefined)
    throw new AppError('conflict', `${resource.type} cannot be saved before it is deleted.`);
  return [...planned, step('snapshot', resource, {}), step('delete', resource, {})];
}

/** The parameters of a call; a copy made by an earlier step is filled in where the operation takes one. */
export function filledParameters(
  descriptor: Pick<OperationDescriptor, 'parameters'>,
  parameters: FieldValues,
  createdBefore: readonly ResourceRef[],
): FieldValues {
  const [made] = createdBefore;
  const field = descriptor.parameters.find(({ name }) => copyFields.includes(name))?.name;
  if (field === undefined || made === undefined || parameters[field] !== undefined) return parameters;
  return { ...parameters, [field]: made.id };
}

/** A call that would take a step back, as far as it is known before anything was done. */
export function reverseSteps(steps: readonly PlannedStep[], operations: Operations): PlannedStep[] {
  const done = steps.filter(({ later }) => !later).toReversed();
  return done.flatMap((step) => {
    if (step.operation === 'schedule') return [{ ...step, operation: 'unschedule', parameters: {} }];
    const undo = descriptorOf(operations, step.target.type, step.operation)?.undo;
    const descriptor = undo === undefined ? undefined : descriptorOf(operations, step.target.type, undo);
    if (descriptor === undefined) return [];
    return [
      {
        operation: descriptor.id,
        target: step.target,
        parameters: {},
        calls: descriptor.actions,
        later: false,
      },
    ];
  });
}

/** The features that the account's owner must have switched on. */
export function featuresFor(
  steps: readonly Pick<PlannedStep, 'operation' | 'target'>[],
  operations: Operations,
): Feature[] {
  const needed = new Set<Feature>(['operate']);
  for (const { operation, target } of steps)
    if (descriptorOf(operations, target.type, operation)?.confirm === 'typed') needed.add('delete');
  return [...needed];
}

/** Parameters as they may be shown and stored in the open: secrets and captured configurations are left out. */
export function shownParameters(fields: readonly Field[], values: FieldValues): FieldValues {
  const known = new Map(fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = known.get(name);
      const hidden = field === undefined || field.kind === 'secret' || field.kind === 'json';
      return [name, hidden || field.sensitive === true ? '…' : value];
    }),
  );
}

/** What happens, for the person who decides. */
export function effectOf(kind: PlannedAction['kind'], name: string): LocalText {
  switch (kind) {
    case 'operations':
      return {
        en: `CloudAtlas makes the calls below on ${name}, in this order, and checks after each that it took effect. If one fails, what was done is taken back.`,
        'pt-BR': `O CloudAtlas faz as chamadas abaixo em ${name}, nesta ordem, e confere após cada uma se teve efeito. Se uma falhar, o que foi feito é desfeito.`,
      };
    case 'snapshot_delete':
      return {
        en: `A snapshot of ${name} is made; when it is complete, ${name} is deleted. The snapshot stays and costs a little.`,
        'pt-BR': `É criado um snapshot de ${name}; quando estiver completo, ${name} é excluído. O snapshot permanece e tem um pequeno custo.`,
      };
    case 'quarantine_delete':
      return {
        en: `${name} is put in quarantine: detached or stopped where needed, and tagged. After 24 hours it is deleted for good, unless you take it back before.`,
        'pt-BR': `${name} fica em quarentena: desanexado ou parado quando necessário, e marcado com uma tag. Após 24 horas é excluído definitivamente, a menos que você o recupere antes.`,
      };
    case 'schedule':
      return {
        en: `A pair of schedules is created that starts and stops ${name} at the times below.`,
        'pt-BR': `É criado um par de agendamentos que inicia e para ${name} nos horários abaixo.`,
      };
  }
}

/** What undo gives back, and what not. */
export function undoEffectOf(
  kind: PlannedAction['kind'],
  undoClass: UndoClass,
  undoable: boolean,
): LocalText {
  if (kind === 'schedule')
    return {
      en: 'Undo deletes the two schedules. The resource stays in the state it is in then.',
      'pt-BR': 'Desfazer exclui os dois agendamentos. O recurso fica no estado em que estiver.',
    };
  if (kind === 'quarantine_delete')
    return {
      en: 'Within 24 hours undo takes it out of quarantine as it was. After the deletion nothing brings it back.',
      'pt-BR':
        'Em até 24 horas, desfazer o retira da quarentena como estava. Depois da exclusão nada o traz de volta.',
    };
  if (!undoable) return { en: 'This cannot be undone.', 'pt-BR': 'Esta ação não pode ser desfeita.' };
  if (undoClass === 'S')
    return {
      en: 'Within 24 hours undo makes it again with the same configuration and data. It gets a new id or address.',
      'pt-BR':
        'Em até 24 horas, desfazer o recria com a mesma configuração e dados. Ele recebe um novo ID ou endereço.',
    };
  return {
    en: 'Within 24 hours undo puts the former setting back.',
    'pt-BR': 'Em até 24 horas, desfazer restaura a configuração anterior.',
  };
}

function refOf({ type, nativeId, id, region }: ResourceRef): ResourceRef {
  return { type, nativeId, id, region };
}
