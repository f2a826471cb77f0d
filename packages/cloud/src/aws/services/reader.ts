import type { ResourceType, ResourceRef, Resource } from '../../resource.ts';
import type { AwsService } from '../clients.ts';
import { resource, type Facts } from '../../shared/normalise.ts';
import type { RawPage } from '../../shared/paging.ts';
import type { Scope, TypeReader } from '../scope.ts';
import type { ServiceHandle } from '../session.ts';
import { described } from './lenient.ts';

/** Details of so many listed items are asked for at once. */
const DETAILS_AT_ONCE = 4;

/** What a reader of a plain type is made of. `Item` is what lists give, `Raw` what a look at one gives. */
interface ReaderParts<Sdk, Item, Raw> {
  readonly type: ResourceType;
  readonly service: AwsService<Sdk>;
  /** Name of the listing call, for reports. */
  readonly call: string;
  readonly page: (
    handle: ServiceHandle<Sdk>,
    scope: Scope,
    token: string | undefined,
  ) => Promise<RawPage<Item>>;
  /** Completes a listed item; undefined when it is gone. */
  readonly detail: (handle: ServiceHandle<Sdk>, scope: Scope, item: Item) => Promise<Raw | undefined>;
  readonly find: (handle: ServiceHandle<Sdk>, scope: Scope, ref: ResourceRef) => Promise<Raw | undefined>;
  readonly facts: (scope: Scope, raw: Raw) => Omit<Facts, 'type' | 'region'>;
}

/** Whether an ARN names another region: some endpoints list what they have in all of them. */
function isElsewhere(scope: Scope, { nativeId }: Resource): boolean {
  const region = /^arn:[^:]*:[^:]*:([^:]+):/.exec(nativeId)?.[1];
  return region !== undefined && region !== scope.region;
}

/** A reader of a regional type whose items need a look each. */
export function detailedReader<Sdk, Item, Raw>(parts: ReaderParts<Sdk, Item, Raw>): TypeReader {
  const { type, service, call, page, detail, find, facts } = parts;
  const shape = (scope: Scope, raw: Raw): Resource =>
    resource({ ...facts(scope, raw), type: type.id, region: scope.region });
  return {
    type,
    async *list(scope) {
      const handle = await scope.session.open(service, scope.region);
      const found = handle.pages(call, (token) => page(handle, scope, token));
      yield* described(found, DETAILS_AT_ONCE, async (item) => {
        const raw = await detail(handle, scope, item);
        const found = raw && shape(scope, raw);
        return found && !isElsewhere(scope, found) ? found : undefined;
      });
    },
    async inspect(scope, ref) {
      const handle = await scope.session.open(service, scope.region);
      const raw = await find(handle, scope, ref);
      return raw && shape(scope, raw);
    },
  };
}

/** A reader of a regional type whose lists tell all. */
export function plainReader<Sdk, Raw>(parts: Omit<ReaderParts<Sdk, Raw, Raw>, 'detail'>): TypeReader {
  return detailedReader({ ...parts, detail: (_handle, _scope, item) => Promise.resolve(item) });
}
