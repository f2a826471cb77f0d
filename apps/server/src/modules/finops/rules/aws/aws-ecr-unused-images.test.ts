import { ago, makeResource } from '../testing/resource.ts';
import { describeRule } from '../testing/table.ts';
import { rule } from './aws-ecr-unused-images.ts';

const repository = (days: number, LifecyclePolicy: string | null = null, SizeBytes = 20 * 1024 ** 3) =>
  makeResource('aws.ecr.repository', {
    attributes: {
      LifecyclePolicy,
      Images: { Count: 12, SizeBytes, OldestPushedAt: ago(days).toISOString() },
    },
  });
const none = { 'pulls.sum': 0 };

describeRule(rule, [
  {
    when: 'nobody pulls',
    resource: repository(200),
    metrics: none,
    verdict: 'found',
    monthly: '2',
    why: /12 images of 20 GiB/,
    action: null,
  },
  {
    when: 'never more than the bill',
    resource: repository(200),
    metrics: none,
    cost: '0.01',
    verdict: 'found',
    monthly: '0.3044',
  },
  { when: 'exactly 90 days old', resource: repository(90), metrics: none, verdict: 'clear' },
  { when: 'a bit older', resource: repository(90.1), metrics: none, verdict: 'found' },
  {
    when: 'one pull',
    resource: repository(200),
    metrics: { 'pulls.sum': { value: (h) => (h === 3 ? 1 : 0) } },
    verdict: 'clear',
  },
  {
    when: 'pulled, with images that lost their tag',
    resource: {
      ...repository(200),
      attributes: {
        LifecyclePolicy: null,
        Images: { Count: 12, Untagged: 9, SizeBytes: 20 * 1024 ** 3, OldestPushedAt: ago(200).toISOString() },
      },
    },
    metrics: { 'pulls.sum': 3 },
    verdict: 'found',
    monthly: '1.5',
    why: /9 of them without a tag/,
  },
  { when: 'a policy is there', resource: repository(200, '{"rules":[]}'), metrics: none, verdict: 'clear' },
  { when: 'no images', resource: repository(200, null, 0), metrics: none, verdict: 'clear' },
  { when: 'never measured', resource: repository(200), verdict: 'no_metrics' },
]);
