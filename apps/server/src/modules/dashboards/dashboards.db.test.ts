import { widgetIds } from '@cloudatlas/contracts/widgets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startTestApplication,
  type TestApplication,
  type TestBrowser,
} from '../../../test/support/application.ts';

const layoutOf = (workspace: string): string => `/orgs/alpha/workspaces/${workspace}/dashboard/layout`;
const arranged = { order: ['activity', 'costs'], hidden: ['alerts'] };

let atlas: TestApplication;
let owner: TestBrowser;
let viewer: TestBrowser;

beforeAll(async () => {
  atlas = await startTestApplication();
  const { identity, tenancy } = atlas.application.services;
  const register = async (name: string) => {
    const credentials = { email: `${name}@example.com`, password: `a long password of ${name} 7291` };
    const user = await identity.createVerifiedUser({ ...credentials, name, locale: 'en' });
    const browser = atlas.browser();
    expect((await browser.post('/auth/sign-in', credentials)).status).toBe(200);
    return { user, browser };
  };
  const first = await register('owner');
  const second = await register('viewer');
  owner = first.browser;
  viewer = second.browser;
  const alpha = await tenancy.createOrganization({
    ownerUserId: first.user.id,
    name: 'Alpha',
    slug: 'alpha',
    plan: 'enterprise',
  });
  for (const slug of ['main', 'other']) await tenancy.createWorkspace(alpha, { name: slug, slug });
  await tenancy.addMember(alpha, second.user.id, 'viewer');
});
afterAll(() => atlas.close());

test('a layout is one person’s in one workspace, and goes back in one call', async () => {
  const saved = await owner.call('PUT', layoutOf('main'), arranged);
  expect(saved.status).toBe(200);
  expect(saved.body).toMatchObject({ hidden: ['alerts'], changed: true });
  expect((await owner.get(layoutOf('main'))).body).toEqual(saved.body);
  expect((saved.body.order as string[]).slice(0, 2)).toEqual(arranged.order);
  expect(saved.body.order).toHaveLength(widgetIds.length);

  const untouched = { order: [...widgetIds], hidden: [], changed: false };
  expect((await owner.get(layoutOf('other'))).body).toEqual(untouched);
  expect((await viewer.get(layoutOf('main'))).body).toEqual(untouched);

  expect((await owner.call('DELETE', layoutOf('main'))).body).toEqual(untouched);
  expect((await owner.get(layoutOf('main'))).body).toEqual(untouched);
});

test.each([
  ['an unknown widget', { order: ['weather'], hidden: [] }],
  ['a widget twice', { order: ['costs', 'costs'], hidden: [] }],
  ['nothing', {}],
])('%s is refused', async (_, body) => {
  expect((await viewer.call('PUT', layoutOf('main'), body)).status).toBe(422);
});
