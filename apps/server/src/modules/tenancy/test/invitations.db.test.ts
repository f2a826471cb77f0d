import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPeople, type PeopleStage } from './people.ts';

describe('an invitation', () => {
  let stage: PeopleStage;
  beforeAll(async () => {
    stage = await startPeople();
  });
  afterAll(() => stage.close());

  test.each([
    ['was made an operator', 'admin', 'operator'],
    ['is no owner any more', 'owner', 'admin'],
    ['left', 'viewer', null],
  ])('of somebody who %s gives no %s role', async (_what, role, next) => {
    const { owner, slug } = await stage.organization('pro');
    const inviter = await stage.join(owner.browser, slug, 'admin');
    const member = `/orgs/${slug}/members/${inviter.memberId}`;
    if (role === 'owner') await owner.browser.call('PATCH', member, { role });
    const guest = await stage.person('Gil');
    await inviter.browser.post(`/orgs/${slug}/invitations`, { email: guest.email, role });
    const token = await stage.invitationToken(guest.email);
    await owner.browser.call(
      next === null ? 'DELETE' : 'PATCH',
      member,
      next === null ? undefined : { role: next },
    );
    const refused = await guest.browser.post('/invitations/accept', { token });
    expect([refused.status, refused.body.code]).toEqual([401, 'invalid_token']);
    expect((await guest.browser.get(`/orgs/${slug}`)).status).toBe(404);
    // Somebody who may sends it again in their own name.
    const [open] = (await owner.browser.get(`/orgs/${slug}/invitations`)).body.items;
    await owner.browser.post(`/orgs/${slug}/invitations/${open.id}/resend`);
    const renewed = await stage.invitationToken(guest.email);
    expect((await guest.browser.post('/invitations/accept', { token: renewed })).status).toBe(200);
  });

  test('is accepted once, by the invited verified address alone', async () => {
    const { owner, slug } = await stage.organization('pro');
    const guest = await stage.person('Gil');
    const thief = await stage.person('Tom');
    await owner.browser.post(`/orgs/${slug}/invitations`, {
      email: guest.email.toUpperCase(),
      role: 'operator',
    });
    const token = await stage.invitationToken(guest.email);
    expect((await stage.atlas.browser().post('/invitations/preview', { token })).body).toMatchObject({
      email: guest.email,
      role: 'operator',
    });
    const stolen = await thief.browser.post('/invitations/accept', { token });
    expect([stolen.status, stolen.body.code]).toEqual([403, 'invitation_email_mismatch']);
    const accepted = await Promise.all(
      Array.from({ length: 8 }, () => guest.browser.post('/invitations/accept', { token })),
    );
    expect(accepted.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await guest.browser.post('/invitations/accept', { token })).body.code).toBe('invalid_token');
  });

  test('does not work after it was revoked, replaced or expired', async () => {
    const { owner, slug } = await stage.organization('pro');
    const guest = await stage.person('Gil');
    const invite = () =>
      owner.browser.post(`/orgs/${slug}/invitations`, { email: guest.email, role: 'viewer' });
    const first = await invite();
    expect((await invite()).body.code).toBe('already_exists');
    const oldToken = await stage.invitationToken(guest.email);
    await owner.browser.post(`/orgs/${slug}/invitations/${first.body.id}/resend`);
    expect((await guest.browser.post('/invitations/accept', { token: oldToken })).body.code).toBe(
      'invalid_token',
    );
    const newToken = await stage.invitationToken(guest.email);
    expect(newToken).not.toBe(oldToken);
    await owner.browser.call('DELETE', `/orgs/${slug}/invitations/${first.body.id}`);
    expect((await guest.browser.post('/invitations/accept', { token: newToken })).body.code).toBe(
      'invalid_token',
    );
    expect((await owner.browser.call('DELETE', `/orgs/${slug}/invitations/${first.body.id}`)).status).toBe(
      409,
    );
  });

  test('counts towards the plan while it is open', async () => {
    const { owner, slug } = await stage.organization();
    for (let n = 0; n < 4; n += 1) {
      expect(
        (
          await owner.browser.post(`/orgs/${slug}/invitations`, {
            email: `g${n}-${slug}@example.com`,
            role: 'viewer',
          })
        ).status,
      ).toBe(201);
    }
    expect(
      (
        await owner.browser.post(`/orgs/${slug}/invitations`, {
          email: `g5-${slug}@example.com`,
          role: 'viewer',
        })
      ).body.code,
    ).toBe('limit_reached');
    const plan = await owner.browser.get(`/orgs/${slug}/plan`);
    expect(plan.body.limits.find((limit: { limit: string }) => limit.limit === 'members')).toMatchObject({
      max: 5,
      used: 5,
    });
  });
});
