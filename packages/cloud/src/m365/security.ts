import type { SecureScore, SecureScoreControlProfile } from '@microsoft/microsoft-graph-types';
import { resource, toAttributes } from '../shared/normalise.ts';
import type { Resource } from '../resource.ts';
import { nativeId, type M365Reader, type Scope } from './scope.ts';

async function newestScore(scope: Scope): Promise<SecureScore | undefined> {
  const page = await scope.graph.get<{ value?: SecureScore[] }>('/security/secureScores?$top=1', {
    signal: scope.signal,
  });
  return page.value?.[0];
}

function toScore(scope: Scope, score: SecureScore): Resource {
  return resource({
    type: 'm365.security.score',
    nativeId: nativeId(scope, 'secureScores', 'current'),
    id: 'current',
    region: 'global',
    name: 'Microsoft Secure Score',
    state: 'active',
    stateRaw: `${score.currentScore ?? 0} of ${score.maxScore ?? 0}`,
    createdAt: score.createdDateTime ?? undefined,
    attributes: toAttributes(score, ['controlScores', 'vendorInformation', 'id']),
  });
}

/** The tenant's secure score of the newest day. */
export const secureScore: M365Reader = {
  type: { id: 'm365.security.score', label: 'Secure score', category: 'identity', taggable: false },
  async *list(scope) {
    const score = await newestScore(scope);
    if (score) yield [toScore(scope, score)];
  },
  async inspect(scope) {
    const score = await newestScore(scope);
    return score && toScore(scope, score);
  },
};

function toControl(
  scope: Scope,
  control: SecureScoreControlProfile,
  score: SecureScore | undefined,
): Resource {
  const reached = score?.controlScores?.find((one) => one.controlName === control.id)?.score ?? 0;
  const most = control.maxScore ?? 0;
  return resource({
    type: 'm365.security.control',
    nativeId: nativeId(scope, 'secureScoreControlProfiles', control.id ?? ''),
    id: control.id ?? '',
    region: 'global',
    name: control.title ?? undefined,
    state: 'active',
    stateRaw: reached >= most ? 'done' : reached > 0 ? 'partial' : 'open',
    attributes: { ...toAttributes(control, ['vendorInformation']), score: reached },
  });
}

/** What raises the score, and how far each is done: risky settings are those with nothing reached. */
export const secureControls: M365Reader = {
  type: { id: 'm365.security.control', label: 'Security control', category: 'identity', taggable: false },
  async *list(scope) {
    const score = await newestScore(scope);
    const pages = scope.graph.pages<SecureScoreControlProfile>('/security/secureScoreControlProfiles', {
      signal: scope.signal,
    });
    for await (const page of pages)
      yield page.filter((one) => one.deprecated !== true).map((one) => toControl(scope, one, score));
  },
  async inspect(scope, ref) {
    const [control, score] = await Promise.all([
      scope.graph.get<SecureScoreControlProfile>(
        `/security/secureScoreControlProfiles/${encodeURIComponent(ref.id)}`,
        { signal: scope.signal },
      ),
      newestScore(scope),
    ]);
    return toControl(scope, control, score);
  },
};
