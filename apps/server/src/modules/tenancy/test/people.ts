import { expect } from 'vitest';
import {
  startTestApplication,
  type TestApplication,
  type TestBrowser,
} from '../../../../test/support/application.ts';

interface Person {
  readonly browser: TestBrowser;
  readonly email: string;
  readonly userId: string;
}

/** People who make organizations and join them. */
export interface PeopleStage {
  readonly atlas: TestApplication;
  /** A signed-in person nobody has seen before. */
  readonly person: (name?: string) => Promise<Person>;
  /** An organization with a workspace, and who owns it. */
  readonly organization: (
    plan?: 'free' | 'pro' | 'enterprise',
  ) => Promise<{ readonly owner: Person; readonly slug: string }>;
  /** Somebody new who accepted an invitation. */
  readonly join: (
    owner: TestBrowser,
    slug: string,
    role: string,
  ) => Promise<Person & { readonly memberId: string }>;
  /** Of the newest invitation to an address. */
  readonly invitationToken: (email: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Starts the product without limits of rates, with events delivered. */
export async function startPeople(): Promise<PeopleStage> {
  const atlas = await startTestApplication({ RATE_LIMITS: 'false' });
  await atlas.application.platform.events.start({ relay: true });
  let people = 0;
  async function person(name = 'Ana'): Promise<Person> {
    people += 1;
    const email = `${name.toLowerCase()}-${people}@example.com`;
    const password = 'correct horse battery 4711';
    const user = await atlas.application.services.identity.createVerifiedUser({
      email,
      password,
      name,
      locale: 'pt-BR',
    });
    const browser = atlas.browser();
    expect((await browser.post('/auth/sign-in', { email, password })).status).toBe(200);
    return { browser, email, userId: user.id };
  }

  async function organization(plan: 'free' | 'pro' | 'enterprise' = 'free') {
    const owner = await person('Olga');
    const created = await owner.browser.post('/orgs', { name: `Company ${people}` });
    expect(created.status).toBe(201);
    const slug = created.body.slug as string;
    if (plan !== 'free') await atlas.application.services.tenancy.setPlan(slug, plan, 'test');
    expect((await owner.browser.post(`/orgs/${slug}/workspaces`, { name: 'Main' })).status).toBe(201);
    return { owner, slug };
  }

  async function join(owner: TestBrowser, slug: string, role: string) {
    const guest = await person('Gil');
    expect((await owner.post(`/orgs/${slug}/invitations`, { email: guest.email, role })).status).toBe(201);
    const token = await invitationToken(guest.email);
    expect((await guest.browser.post('/invitations/accept', { token })).status).toBe(200);
    const members = await owner.get(`/orgs/${slug}/members`);
    const member = members.body.items.find((item: { email: string }) => item.email === guest.email);
    return { ...guest, memberId: member.id as string };
  }

  async function invitationToken(email: string): Promise<string> {
    const [mail] = await atlas.mailsTo(email);
    return /#token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
  }

  return {
    atlas,
    person,
    organization,
    join,
    invitationToken,
    close: async () => {
      await atlas.application.platform.events.stop();
      await atlas.close();
    },
  };
}
