import type { SecureScore, SecureScoreControlProfile } from '@microsoft/microsoft-graph-types';
import { resource, toAttributes } from '../shared/normalise.ts';
import type { Resource } from '../resource.ts';
import { nativeId, type M365Reader, type Scope } from './scope.ts';

/** Days that Graph keeps ("List secureScores": 90 days). */
const KEPT_DAYS = 90;

/** Scores of the newest days, newest first. */
async function readScores(scope: Scope, days: number): Promise<readonly SecureScore[]> {
  const page = await scope.graph.get<{ value?: SecureScore[] }>(`/security/secureScores?$top=${days}`, {
    signal: scope.signal,
  });
  return page.value ?? [];
}

async function newestScore(scope: Scope): Promise<SecureScore | undefined> {
  return (await readScores(scope, 1))[0];
}

function toScore(scope: Scope, score: SecureScore, days: readonly SecureScore[]): Resource {
  return resource({
    type: 'm365.security.score',
    nativeId: nativeId(scope, 'secureScores', 'current'),
    id: 'current',
    region: 'global',
    name: 'Microsoft Secure Score',
    state: 'active',
    stateRaw: `${score.currentScore ?? 0} of ${score.maxScore ?? 0}`,
    createdAt: score.createdDateTime ?? undefined,
    attributes: {
      ...toAttributes(score, ['controlScores', 'vendorInformation', 'id']),
      history: days
        .map((day) => ({
          day: day.createdDateTime?.slice(0, 10) ?? '',
          currentScore: day.currentScore ?? 0,
          maxScore: day.maxScore ?? 0,
        }))
        .toSorted((a, b) => a.day.localeCompare(b.day)),
    },
  });
}

/** The tenant's secure score of the newest day, with the days before it. */
export const secureScore: M365Reader = {
  type: { id: 'm365.security.score', label: 'Secure score', category: 'identity', taggable: false },
  async *list(scope) {
    const days = await readScores(scope, KEPT_DAYS);
    if (days[0]) yield [toScore(scope, days[0], days)];
  },
  async inspect(scope) {
    const days = await readScores(scope, KEPT_DAYS);
    return days[0] && toScore(scope, days[0], days);
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
