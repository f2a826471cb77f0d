import { describe, expect, test } from 'vitest';
import { CloudError } from '../errors.ts';
import { mapLimited, merged } from '../shared/concurrency.ts';
import { failureOf } from './errors.ts';
import { AdaptiveLimiter } from '../shared/limiter.ts';
import { collect, pages } from '../shared/paging.ts';
import { described } from './services/lenient.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {} };

describe('AdaptiveLimiter', () => {
  test('halves when throttled and comes back one by one', async () => {
    const limiter = new AdaptiveLimiter(8);
    const once = async (outcome: 'ok' | 'throttled') => (await limiter.acquire())(outcome);
    await once('throttled');
    await once('throttled');
    expect(limiter.bound).toBe(2);
    await once('ok');
    expect(limiter.bound).toBe(2);
    await once('ok');
    expect(limiter.bound).toBe(3);
    for (let i = 0; i < 100; i += 1) await once('ok');
    expect(limiter.bound).toBe(8);
    for (let i = 0; i < 10; i += 1) await once('throttled');
    expect(limiter.bound).toBe(1);
  });

  test('never admits more than its bound, and gives up waiting on abort', async () => {
    const limiter = new AdaptiveLimiter(2);
    const [a, b] = [await limiter.acquire(), await limiter.acquire()];
    const controller = new AbortController();
    const waiting = limiter.acquire(controller.signal);
    controller.abort();
    await expect(waiting).rejects.toThrow();
    let admitted = false;
    const third = limiter.acquire().then((release) => ((admitted = true), release));
    await new Promise((resolve) => setImmediate(resolve));
    expect(admitted).toBe(false);
    a('ok');
    a('ok');
    const release = await third;
    expect(admitted).toBe(true);
    release('ok');
    b('ok');
  });
});

describe('pages', () => {
  const options = { call: 'x:List', region: 'r', maxItems: 10, log: silent };

  test('an endless list of empty pages with the same token ends', async () => {
    const listing = pages<number>(async () => ({ items: [], next: 'again' }), options);
    await expect(collect(listing)).rejects.toMatchObject({ problem: { providerCode: 'RepeatedPageToken' } });
  });

  test('an empty token is the end; an empty page is not', async () => {
    const answers = [
      { items: [1], next: 'a' },
      { items: [], next: 'b' },
      { items: [2], next: '' },
    ];
    expect(
      await collect(pages<number>(async () => answers.shift() ?? { items: [], next: null }, options)),
    ).toEqual([1, 2]);
  });

  test('a list of exactly the cap is whole, one more is not', async () => {
    const ten = Array.from({ length: 10 }, (_, i) => i);
    expect((await collect(pages(async () => ({ items: ten, next: undefined }), options))).length).toBe(10);
    await expect(
      collect(pages(async () => ({ items: [...ten, 10], next: undefined }), options)),
    ).rejects.toMatchObject({ problem: { kind: 'truncated' } });
  });
});

describe('mapLimited and merged', () => {
  test('keeps order and bound', async () => {
    let active = 0;
    let most = 0;
    const out = await mapLimited([5, 1, 3, 2, 4], 2, async (n) => {
      most = Math.max(most, ++active);
      await new Promise((resolve) => setTimeout(resolve, n));
      active -= 1;
      return n * 2;
    });
    expect(out).toEqual([10, 2, 6, 4, 8]);
    expect(most).toBe(2);
  });

  test('the first failure ends it', async () => {
    const seen: number[] = [];
    const work = mapLimited([1, 2, 3, 4], 1, async (n) => {
      seen.push(n);
      if (n === 2) throw new Error('two');
    });
    await expect(work).rejects.toThrow('two');
    expect(seen).toEqual([1, 2]);
  });

  test('merged gives all of all streams, and leaving early ends them', async () => {
    let closed = 0;
    async function* stream(from: number) {
      try {
        for (let i = 0; i < 3; i += 1) yield from + i;
      } finally {
        closed += 1;
      }
    }
    const all: number[] = [];
    for await (const n of merged([stream(0), stream(10)])) all.push(n);
    expect(all.sort((a, b) => a - b)).toEqual([0, 1, 2, 10, 11, 12]);
    for await (const _ of merged([stream(0), stream(10)])) break;
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(4);
  });

  test('merged holds few items at a time, and no stream starves', async () => {
    let held = 0;
    let most = 0;
    async function* stream(from: number) {
      for (let i = 0; i < 3; i += 1) {
        held += 1;
        most = Math.max(most, held);
        yield from + i;
      }
    }
    const all: number[] = [];
    for await (const n of merged(Array.from({ length: 20 }, (_, index) => stream(index * 10)))) {
      all.push(n);
      await new Promise((resolve) => setImmediate(resolve));
      held -= 1;
    }
    expect(all.sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => [index * 10, index * 10 + 1, index * 10 + 2]).flat(),
    );
    expect(most).toBeLessThanOrEqual(4);
  });
});

describe('described', () => {
  async function* listing() {
    yield [1, 2, 3];
    yield [4, 5, 6, 7, 8, 9, 10, 11, 12];
  }
  const broken = new CloudError({ kind: 'unavailable', message: 'broken' });

  async function read(describe: (n: number) => Promise<number | undefined>) {
    const out: number[] = [];
    try {
      for await (const page of described(listing(), 2, describe)) out.push(...page);
    } catch (error) {
      return { out, error };
    }
    return { out, error: undefined };
  }

  test('one failing item hides no other, and fails the list at its end', async () => {
    const answer = await read(async (n) => {
      if (n === 2) throw broken;
      return n === 5 ? undefined : n;
    });
    expect(answer).toEqual({ out: [1, 3, 4, 6, 7, 8, 9, 10, 11, 12], error: broken });
  });

  test('a service that fails for all is given up early', async () => {
    let calls = 0;
    const answer = await read(async () => {
      calls += 1;
      throw broken;
    });
    expect(answer).toEqual({ out: [], error: broken });
    expect(calls).toBeLessThan(9);
  });

  test('defects and aborts go straight through', async () => {
    for (const error of [new TypeError('defect'), new CloudError({ kind: 'aborted', message: 'x' })]) {
      const answer = await read(async () => Promise.reject(error));
      expect(answer).toEqual({ out: [], error });
    }
  });
});

describe('failureOf', () => {
  const kind = (code: string, message = '', status = 400) =>
    failureOf(
      { name: code, message, $fault: 'client', $metadata: { httpStatusCode: status } },
      { call: 'x:Do', region: 'r' },
      (t) => t,
    ).error.kind;

  test.each([
    ['UnauthorizedOperation', '', 'denied'],
    ['AccessDeniedException', 'User: x is not authorized to perform: ce:GetCostAndUsage', 'denied'],
    ['AccessDeniedException', 'Account is not subscribed to this service', 'not_enabled'],
    ['RequestExpired', 'The security token included in the request is expired', 'expired'],
    ['RequestExpired', 'Request has expired', 'clock_skew'],
    [
      'SignatureDoesNotMatch',
      'Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z',
      'clock_skew',
    ],
    ['SignatureDoesNotMatch', 'The request signature we calculated does not match', 'invalid_credentials'],
    ['Throttling', 'Rate exceeded', 'throttled'],
    ['LimitExceededException', 'You have exceeded the rate', 'throttled'],
    ['LimitExceededException', 'Limit of tables reached', 'quota'],
    ['VcpuLimitExceeded', '', 'quota'],
    ['InstanceLimitExceeded', '', 'quota'],
    ['TooManyBuckets', '', 'quota'],
    ['InsufficientInstanceCapacity', '', 'capacity'],
    ['InvalidInstanceID.NotFound', '', 'not_found'],
    ['DBInstanceNotFoundFault', '', 'not_found'],
    ['NoSuchBucket', '', 'not_found'],
    ['InvalidGroup.Duplicate', '', 'already_exists'],
    ['InvalidSnapshot.InUse', '', 'conflict_state'],
    ['InvalidDBInstanceState', '', 'conflict_state'],
    ['InvalidParameterValue', '', 'invalid_input'],
    ['OptInRequired', '', 'region_disabled'],
    ['OptInRequiredException', '', 'not_enabled'],
    ['SomethingNew', '', 'unknown'],
  ])('%s "%s" is %s', (code, message, expected) => expect(kind(code, message)).toBe(expected));

  test('a status without a known code still tells something', () => {
    expect(kind('Weird', '', 503)).toBe('unavailable');
    expect(kind('Weird', '', 429)).toBe('throttled');
    expect(kind('Weird', '', 403)).toBe('denied');
    expect(kind('NotImplemented', '', 501)).toBe('unsupported');
  });

  test('a denial names the permission of the text, or else of the call', () => {
    const of = (message: string) =>
      failureOf({ name: 'AccessDenied', message }, { call: 's3:GetBucketTagging', region: 'r' }, (t) => t)
        .error.problem.action;
    expect(
      of(
        'User: arn:aws:iam::1:user/a is not authorized to perform: s3:ListAllMyBuckets because no policy allows it',
      ),
    ).toBe('s3:ListAllMyBuckets');
    expect(of('Access Denied')).toBe('s3:GetBucketTagging');
    const head = { name: 'AccessDenied', message: 'Access Denied' };
    expect(failureOf(head, { call: 's3:ListBuckets', region: 'r' }, (t) => t).error.problem.action).toBe(
      's3:ListAllMyBuckets',
    );
  });

  test('anything else that is thrown becomes a CloudError too', () => {
    for (const thrown of [undefined, null, 'text', 42, new TypeError('x is not a function')]) {
      expect(failureOf(thrown, { call: 'x:Do', region: 'r' }, (t) => t).error).toBeInstanceOf(CloudError);
    }
  });
});
