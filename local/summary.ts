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
  items: z.array(z.object({ reason: z.string(), posts: z.number() })),
  next: z.string().nullable(),
});

/** What a round came to, in counts. */
export interface Summary {
  readonly accounts: number;
  /** Accounts that were looked at. */
  readonly scans: number;
  /** Accounts by what the last look at them came to, or why there was none. */
  readonly coverage: Readonly<Record<string, number>>;
  /** Posts handed to the screening. */
  readonly posts: number;
  readonly indications: number;
  /** The indications beside the hidden labels of the sample posts. */
  readonly truth: { readonly found: number; readonly missed: number; readonly falseAlarms: number };
  readonly findings: number;
  readonly mails: number;
}

const NOT_DUE = ['not-confirmed', 'paused', 'withdrawn'];

/** Accounts that a look is owed to: confirmed, not paused, not withdrawn. */
export const dueIn = ({ accounts, coverage }: Pick<Summary, 'accounts' | 'coverage'>): number =>
  accounts - NOT_DUE.reduce((sum, reason) => sum + (coverage[reason] ?? 0), 0);

export const readCoverage = async (
  client: ApiClient,
  world: SampleWorld,
): Promise<Pick<Summary, 'accounts' | 'scans' | 'coverage' | 'posts'>> => {
  const auditor = usernameOf(holding(world, 'auditor'));
  const coverage: Record<string, number> = {};
  let accounts = 0;
  let posts = 0;
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = CoveragePage.parse(await client.get(auditor, `/coverage?limit=100${query}`));
    for (const { reason, posts: handed } of page.items) {
      coverage[reason] = (coverage[reason] ?? 0) + 1;
      accounts += 1;
      posts += handed;
    }
    cursor = page.next;
  } while (cursor !== null);
  const scans = dueIn({ accounts, coverage }) - (coverage['not-yet-looked-at'] ?? 0);
  return { accounts, scans, coverage, posts };
};

/** Everything that was found. The truth labels are by post address, which the API rightly does not list. */
export const readFindings = async (services: Services): Promise<readonly Finding[]> => {
  const documents = DynamoDBDocumentClient.from(services.dynamo);
  const store = dynamoFindingRows(documents, tableName(TABLE_PREFIX, 'findings'));
  const everything = { states: null, provision: null, network: null, from: null, to: null };
  const findings: Finding[] = [];
  let cursor: string | null = null;
  do {
    const page = await store.list({ ...everything, limit: 100, cursor });
    findings.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return findings;
};

export const compareWithTruth = (
  findings: readonly Finding[],
  posts: readonly SamplePost[],
): Summary['truth'] => {
  const truth = truthOf(posts);
  const labels = findings.map(({ uri }) => truth(uri));
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
  { accounts, scans, coverage, posts: handed }: Pick<Summary, 'accounts' | 'scans' | 'coverage' | 'posts'>,
): Promise<{ readonly summary: Summary; readonly provisions: Readonly<Record<string, number>> }> => {
  const findings = await readFindings(services);
  const provisions: Record<string, number> = {};
  for (const { indication } of findings)
    for (const provision of indication.provisions) provisions[provision] = (provisions[provision] ?? 0) + 1;
  return {
    summary: {
      accounts,
      scans,
      coverage,
      posts: handed,
      indications: findings.length,
      truth: compareWithTruth(findings, samplePosts),
      findings: findings.length,
      mails: mails().length,
    },
    provisions,
  };
};
