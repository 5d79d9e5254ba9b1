import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStage } from '../../infra/read-stage.js';
import { mails } from '../../local/mailbox.js';
import { installSampleClock, type SampleClock } from '../../local/sample-clock.js';
import { seedAgency } from '../../local/seed.js';
import type { Services } from '../../local/services.js';
import { startStack, type Stack } from '../../local/stack.js';
import { compareWithTruth, readCoverage, readFindings } from '../../local/summary.js';
import { playWalkthrough } from '../../local/walkthrough.js';
import { deployedFunctions, deployedIn, localStage } from './deployed-functions.js';
import { byLambda, callsOf, compare, type Call } from './permissions.js';
import type { Refuses } from './recorder.js';
import { playTheRest } from './the-rest.js';
import { statementsOf, type Statement } from '../infra/statements.js';
import { synthesised, type Template } from '../infra/template.js';
import { freePorts } from '../integration/free-ports.js';

const MINUTES = 60_000;

/** Grants for what this round does not bring about, and where else it is shown that the code does so. */
const LENT = 'Where YouTube is read, or was: test/unit/identify-accounts.';
const BEHIND = 'Read alone is whom the index has not caught up with: test/contract/account-homes.';
const ENDING = 'Of an account that ends at that moment: test/contract/account-ends.';
const UNDRIVEN: Readonly<Record<string, string>> = {
  'ApiServerRole dynamodb:DeleteItem TablesRegistry': ENDING,
  'CollectPostsblueskyWorkerRole dynamodb:BatchGetItem TablesRegistry': BEHIND,
  'CollectPostsfeedWorkerRole dynamodb:BatchGetItem TablesRegistry': BEHIND,
  'CollectPostsmastodonWorkerRole dynamodb:BatchGetItem TablesRegistry': BEHIND,
  'IdentifyAccountsJobRole dynamodb:BatchGetItem TablesScans': LENT,
  'IdentifyAccountsJobRole dynamodb:DeleteItem TablesRegistry': ENDING,
  'IdentifyAccountsJobRole dynamodb:GetItem TablesScans': LENT,
  'IdentifyAccountsJobRole dynamodb:PutItem TablesScans': LENT,
  'IdentifyAccountsJobRole dynamodb:UpdateItem TablesScans': LENT,
  'NotifyHoldersJobRole dynamodb:DeleteItem TablesRegistry': ENDING,
  'NotifyHoldersJobRole dynamodb:GetItem TablesMailings':
    'Read only when another run has the mail: the contract of mailing stores.',
  'PlanScansJobRole dynamodb:DeleteItem TablesRegistry': ENDING,
};
const folder = mkdtempSync(join(tmpdir(), 'netral-deployed-'));
/** What was done, each kind of it once. */
const done = new Map<string, Call>();
const noted = (calls: readonly Call[]): void => {
  for (const call of calls) done.set(JSON.stringify(call), call);
};
const allDone = (): readonly Call[] => [...done.values()];
let clock: SampleClock;
let stack: Stack;
let deployed: ReturnType<typeof deployedFunctions>;
let template: Template;

/** Thirty findings, of posts that came alone and together, that cannot be stored, each by any of the three tries of a call, whatever comes at the same time. */
const unstored = new Map<string, number>();
/** One that cannot be marked once its holder was told. */
const failing = [{ caller: 'NotifyHoldersJobRole', target: 'UpdateItem', naming: '"netral-findings"' }];
const refuses: Refuses = ({ caller, target, sent }) => {
  const index = failing.findIndex(
    (one) => one.caller === caller && one.target === target && sent.includes(one.naming),
  );
  if (index >= 0) failing.splice(index, 1);
  if (caller !== 'ClassifyPostsWorkerRole' || target !== 'PutItem') return index >= 0;
  const [finding] = /FINDING#[0-9a-f]{32}/.exec(sent.toString()) ?? [];
  if (finding === undefined) return false;
  const tries = unstored.get(finding) ?? 0;
  if (tries === 3 || (tries === 0 && unstored.size === 30)) return false;
  unstored.set(finding, tries + 1);
  return true;
};

beforeAll(async () => {
  clock = installSampleClock();
  deployed = deployedFunctions({
    template: (places) => (template = synthesised(localStage(readStage().config, places))),
    folder: join(folder, 'code'),
    now: clock.now,
    recorded: (request, services: Services) => {
      noted(callsOf(request, services));
    },
    invoked: () => undefined,
    refuses,
  });
  stack = await startStack(join(folder, 'state'), await freePorts(), clock, deployed.load);
  clock.set(stack.world.startsAt);
  await seedAgency(stack.client, stack.world, stack.sampleOrigin);
}, 5 * MINUTES);
afterAll(async () => {
  clock.release();
  await stack.stop();
  deployed.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the functions as they are bundled and deployed', () => {
  it(
    'find what the sample hides, and go the whole way to the supervisor’s mail',
    async () => {
      const { client, functions, world, addresses, drained } = stack;
      await functions.run('identify-accounts', clock.now());
      await functions.run('plan-scans', clock.now());
      await drained();
      const findings = await readFindings(stack.services);
      expect(compareWithTruth(findings, stack.samplePosts())).toEqual({
        found: findings.length,
        missed: 0,
        falseAlarms: 0,
      });
      expect((await readCoverage(client, world)).coverage).toMatchObject({ throttled: 2, gone: 1 });
      await playWalkthrough({
        client,
        functions: {
          ...functions,
          // The run that is made to fail half-way is made up for by the next, as the clock brings it.
          run: async (name, time) => {
            try {
              await functions.run(name, time);
            } catch (error) {
              if (name !== 'notify-holders') throw error;
              await functions.run(name, time);
            }
          },
        },
        clock,
        world,
        api: addresses.api,
        drained,
        say: () => undefined,
        signal: new AbortController().signal,
      });
      expect(mails().some(({ subject }) => subject.startsWith('Hasil tinjauan netralitas'))).toBe(true);
      expect(failing).toEqual([]);
      expect(unstored.size).toBe(30);
      expect(new Set(unstored.values())).toEqual(new Set([3]));
    },
    5 * MINUTES,
  );

  it(
    'may do all that they do in a long life, and nothing that they never do',
    async () => {
      await playTheRest(stack, clock);
      for (const { role } of deployedIn(template)) noted(byLambda(role));
      expect(compare(statementsOf(template), allDone())).toEqual({
        missing: [],
        unused: Object.keys(UNDRIVEN).sort(),
      });
    },
    5 * MINUTES,
  );
});

describe('what is said of permissions', () => {
  const grants = (
    statements: readonly Statement[],
  ): readonly { readonly statement: Statement; readonly action: string }[] =>
    statements
      .filter(({ role }) => deployedIn(template).some((one) => one.role === role))
      .flatMap((statement) => statement.actions.map((action) => ({ statement, action })));

  it('would be otherwise if any one of them were taken away', () => {
    const statements = statementsOf(template);
    const unnoticed = grants(statements).filter(({ statement, action }) => {
      const without = statements.map((one) =>
        one === statement ? { ...one, actions: one.actions.filter((other) => other !== action) } : one,
      );
      return compare(without, allDone()).missing.length === 0;
    });
    expect(unnoticed.map(({ statement, action }) => `${statement.role} ${action}`).sort()).toEqual(
      Object.keys(UNDRIVEN)
        .map((grant) => grant.split(' ').slice(0, 2).join(' '))
        .sort(),
    );
  });

  it.each([
    ['dynamodb:DeleteItem', 'TablesRecord'],
    ['s3:GetObject', 'BucketsFiles/*'],
    ['secretsmanager:GetSecretValue', 'NetworkTokensmastodon'],
  ])('would be otherwise if all of them were given %s on %s', (action, resource) => {
    for (const { role } of deployedIn(template).filter(
      (one) => !allDone().some((call) => call.role === one.role && call.action === action),
    )) {
      const more = { role, effect: 'Allow', actions: [action], resources: [resource], condition: {} };
      expect(compare([...statementsOf(template), more], allDone()).unused).toContain(
        `${role} ${action} ${resource}`,
      );
    }
  });

  it('gives nobody a whole service, and only traces everywhere', () => {
    for (const { statement, action } of grants(statementsOf(template))) {
      expect(action).not.toContain('*');
      if (statement.resources.includes('*')) expect(action).toMatch(/^xray:/);
    }
  });
});
