import { UNFILTERED } from '../shared/ports.js';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamoFindingRows } from '../shared/adapters/dynamo-finding-store.js';
import { TABLE_PREFIX, type Services } from './services.js';
import { tableName } from './tables.js';
import type { Finding } from '../shared/domain/review/finding.js';
import type { ApiClient } from './api-client.js';
import { mails } from './mailbox.js';
import type { SamplePost } from './sample/posts.js';
import { truthOf } from './sample/truth.js';
import type { SampleWorld } from './sample/world.js';
import { holding, usernameOf } from './seed.js';

const CoveragePage = z.object({
  counts: z.record(z.string(), z.number()),
  items: z.array(z.object({ network: z.string(), reason: z.string(), posts: z.number() })),
  next: z.string().nullable(),
});

/** What a round came to, in counts. */
export interface Summary {
  readonly accounts: number;
  /** Accounts that were looked at. */
  readonly scans: number;
  /** Accounts by what the last look at them came to, or why there was none. */
  readonly coverage: Readonly<Record<string, number>>;
  /** Posts handed to the screening, and on which network. */
  readonly posts: number;
  readonly networks: Readonly<Record<string, number>>;
  readonly indications: number;
  /** The indications beside the hidden labels of the sample posts. */
  readonly truth: { readonly found: number; readonly missed: number; readonly falseAlarms: number };
  readonly findings: number;
  /** Of the findings: later versions of posts, those whose posts are gone by now, and those that people gave in. */
  readonly edited: number;
  readonly gone: number;
  readonly givenIn: number;
  readonly mails: number;
}

const NOT_DUE = ['not-confirmed', 'paused', 'withdrawn', 'not-read'];

/** Accounts that a look is owed to: confirmed, not paused, not withdrawn, on a network that is read. */
export const dueIn = ({ accounts, coverage }: Pick<Summary, 'accounts' | 'coverage'>): number =>
  accounts - NOT_DUE.reduce((sum, reason) => sum + (coverage[reason] ?? 0), 0);

type Covered = Pick<Summary, 'accounts' | 'scans' | 'coverage' | 'posts' | 'networks'>;

export const readCoverage = async (client: ApiClient, world: SampleWorld): Promise<Covered> => {
  const auditor = usernameOf(holding(world, 'auditor'));
  const coverage: Record<string, number> = {};
  const networks: Record<string, number> = {};
  let accounts = 0;
  let posts = 0;
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = CoveragePage.parse(await client.get(auditor, `/coverage?limit=100${query}`));
    for (const { network, reason, posts: handed } of page.items) {
      coverage[reason] = (coverage[reason] ?? 0) + 1;
      accounts += 1;
      posts += handed;
      networks[network] = (networks[network] ?? 0) + handed;
    }
    cursor = page.next;
  } while (cursor !== null);
  const scans = dueIn({ accounts, coverage }) - (coverage['not-yet-looked-at'] ?? 0);
  return { accounts, scans, coverage, posts, networks };
};

/** Everything that was found. The truth labels are by post address, which the API rightly does not list. */
export const readFindings = async (services: Services): Promise<readonly Finding[]> => {
  const documents = DynamoDBDocumentClient.from(services.dynamo);
  const store = dynamoFindingRows(documents, tableName(TABLE_PREFIX, 'findings'));
  const findings: Finding[] = [];
  let cursor: string | null = null;
  do {
    const page = await store.list({ ...UNFILTERED, limit: 100, cursor });
    findings.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return findings;
};

/** All versions of a post are one post here. What people gave in has no label, since no sample network shows it. */
export const compareWithTruth = (
  findings: readonly Pick<Finding, 'uri' | 'post' | 'submitted'>[],
  posts: readonly SamplePost[],
): Summary['truth'] => {
  const truth = truthOf(posts);
  const collected = findings.filter(({ submitted }) => !submitted);
  const labels = [...new Map(collected.map(({ post, uri }) => [post, truth(uri)])).values()];
  const found = labels.filter((label) => label === 'indication').length;
  return {
    found,
    missed: posts.filter((post) => post.truth === 'indication').length - found,
    falseAlarms: labels.length - found,
  };
};

export const summarise = async (
  services: Services,
  samplePosts: readonly SamplePost[],
  covered: Covered,
): Promise<{ readonly summary: Summary; readonly provisions: Readonly<Record<string, number>> }> => {
  const findings = await readFindings(services);
  const provisions: Record<string, number> = {};
  for (const { indication } of findings)
    for (const provision of indication.provisions) provisions[provision] = (provisions[provision] ?? 0) + 1;
  return {
    summary: {
      ...covered,
      indications: findings.length,
      truth: compareWithTruth(findings, samplePosts),
      findings: findings.length,
      edited: findings.filter(({ edited }) => edited).length,
      gone: findings.filter(({ goneAt }) => goneAt !== null).length,
      givenIn: findings.filter(({ submitted }) => submitted).length,
      mails: mails().length,
    },
    provisions,
  };
};
