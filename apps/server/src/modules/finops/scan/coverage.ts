import type { ServiceDescriptor } from '@cloudatlas/cloud/resource';
import { GLOBAL_REGION } from '@cloudatlas/cloud/resource';
import type { CloudProblem } from '@cloudatlas/cloud/errors';
import type { EstateCoverage } from '#modules/inventory/index.ts';
import type { Skip } from '../rules/rule.ts';

/** What the inventory of an account can be relied on for, by resource type and region. */
export class Coverage {
  readonly #coverage: EstateCoverage | null;
  readonly #serviceOf: ReadonlyMap<string, string>;
  readonly #known = new Map<string, Skip | null>();

  /** @param coverage null when the account was never synchronised */
  constructor(coverage: EstateCoverage | null, services: readonly ServiceDescriptor[]) {
    this.#coverage = coverage;
    this.#serviceOf = new Map(
      services.flatMap((service) => service.resourceTypes.map((type) => [type.id, service.id] as const)),
    );
  }

  /** Why nothing can be said about a type in a region; null when it was listed completely. */
  gap(type: string, region: string): Skip | null {
    const key = `${type} ${region}`;
    let gap = this.#known.get(key);
    if (gap === undefined) {
      gap = this.#find(type, region);
      this.#known.set(key, gap);
    }
    return gap;
  }

  /** Regions in which a type was not listed completely. */
  gapsOf(type: string): { region: string; gap: Skip }[] {
    if (this.#coverage === null || this.#coverage.problem !== null) {
      const gap = this.gap(type, GLOBAL_REGION);
      return gap === null ? [] : [{ region: '*', gap }];
    }
    const service = this.#serviceOf.get(type);
    return this.#coverage.scopes
      .filter((scope) => scope.service === service)
      .flatMap(({ region }) => {
        const gap = this.gap(type, region);
        return gap === null ? [] : [{ region, gap }];
      });
  }

  #find(type: string, region: string): Skip | null {
    if (this.#coverage === null)
      return { kind: 'skip', reason: 'not_synchronised', detail: 'the account was never synchronised' };
    if (this.#coverage.problem !== null) return skipFor(this.#coverage.problem);
    const service = this.#serviceOf.get(type);
    const scopes = this.#coverage.scopes.filter(
      (scope) => scope.service === service && (scope.region === region || scope.region === GLOBAL_REGION),
    );
    if (scopes.length === 0)
      return { kind: 'skip', reason: 'not_synchronised', detail: `${type} was not listed in this region` };
    for (const { problems } of scopes)
      for (const { type: of, problem } of problems) if (of === type || of === '*') return skipFor(problem);
    return null;
  }
}

/** A refusal of the provider as the reason for having examined nothing. */
export function skipFor(problem: CloudProblem): Skip {
  if (problem.kind === 'denied')
    return {
      kind: 'skip',
      reason: 'missing_permission',
      detail: problem.action ?? problem.call ?? problem.message.slice(0, 200),
    };
  return {
    kind: 'skip',
    reason: 'not_synchronised',
    detail: `${problem.call ?? problem.kind}: ${problem.message}`.slice(0, 200),
  };
}
