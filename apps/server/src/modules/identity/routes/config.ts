import { PublicConfig } from '@cloudatlas/contracts/identity';
import { publicRoute, type Route } from '#platform/http/route.ts';

/** What the sign-in page shows before anybody is signed in. */
export function configRoutes(config: () => PublicConfig): Route[] {
  return [
    publicRoute({
      method: 'GET',
      path: '/config',
      operationId: 'configGet',
      summary: 'What the sign-in page needs to know',
      answer: { status: 200, schema: PublicConfig },
      handler: async () => config(),
    }),
  ];
}
