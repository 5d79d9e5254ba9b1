import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStage } from '../../infra/read-stage.js';
import type { Functions, LoadFunctions } from '../../local/functions.js';
import { mails } from '../../local/mailbox.js';
import { installSampleClock, type SampleClock } from '../../local/sample-clock.js';
import { seedAgency } from '../../local/seed.js';
import { startStack, type Stack } from '../../local/stack.js';
import { compareWithTruth, readCoverage, readFindings } from '../../local/summary.js';
import { playWalkthrough } from '../../local/walkthrough.js';
import { by } from '../../shared/adapters/by.js';
import { plus } from '../../shared/domain/time.js';
import { perNetwork } from '../../shared/networks.js';
import { synthesised } from '../infra/template.js';
import { freePorts } from '../integration/free-ports.js';
import { chanceFrom } from '../simulation/chance.js';
import { deployedFunctions, localStage } from './deployed-functions.js';
import { previousVersion } from './previous-version.js';
import { playTheRest } from './the-rest.js';

const MINUTES = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'netral-upgrade-'));
let clock: SampleClock;

/** Which version is at work: while a deployment goes on, now one and now the other. */
type Serving = 'previous' | 'both' | 'this';

/** Both versions on the same services; each event goes to the version that serves then. */
const bothVersions =
  (previous: LoadFunctions, fresh: LoadFunctions, serving: () => Serving): LoadFunctions =>
  async (services, places) => {
    const [old, now] = [await previous(services, places), await fresh(services, places)];
    const chance = chanceFrom(17);
    const current = (): Functions => {
      const version = serving();
      return version === 'previous' || (version === 'both' && chance.happens(0.5)) ? old : now;
    };
    return {
      collect: perNetwork((network) => (event) => current().collect[network](event)),
      classify: (event) => current().classify(event),
      noteDeliveries: (event) => current().noteDeliveries(event),
      run: (name, time) => current().run(name, time),
      serve: (request) => current().serve(request),
    };
  };

/** What a life came to, as far as it does not hang on which finding was taken first. */
const outcome = async ({ services, client, world, samplePosts }: Stack, mailsBefore: number) => {
  const findings = await readFindings(services);
  const { posts, coverage } = await readCoverage(client, world);
  const sent = mails().slice(mailsBefore);
  // The digests hang on how many superiors the holders have whose findings were taken.
  const subjects = Map.groupBy(
    sent.filter(({ subject }) => !subject.startsWith('Hasil tinjauan')),
    ({ subject }) => subject.replace(/, \d.*$/, ''),
  );
  return {
    truth: compareWithTruth(findings, samplePosts()),
    findings: findings
      // What is given in is named by a key that each life has of its own.
      .map(({ uri, submitted, edited, goneAt }) => ({
        uri: submitted ? 'given in' : uri,
        edited,
        gone: goneAt !== null,
      }))
      .sort(by((finding) => JSON.stringify(finding))),
    posts,
    coverage,
    mails: Object.fromEntries([...subjects].map(([subject, about]) => [subject, about.length])),
    twice:
      sent.length -
      new Set(sent.map(({ destination, subject, body }) => JSON.stringify([destination.to, subject, body])))
        .size,
  };
};

/** The sample's life; `reached` is told how far it has come. */
const live = async (name: string, load: LoadFunctions, reached: (step: number) => void = () => undefined) => {
  const mailsBefore = mails().length;
  const stack = await startStack(join(folder, name, 'state'), await freePorts(), clock, load);
  try {
    const { startsAt } = stack.world;
    clock.set(startsAt);
    await seedAgency(stack.client, stack.world, stack.sampleOrigin);
    await stack.functions.run('identify-accounts', clock.now());
    const look = async (step: number, days: number): Promise<void> => {
      reached(step);
      clock.set(plus(startsAt, { days }));
      await stack.functions.run('plan-scans', clock.now());
      await stack.drained();
    };
    for (const step of [1, 2, 3, 4]) await look(step, 2 * (step - 1));
    reached(5);
    await playWalkthrough({
      ...stack,
      clock,
      api: stack.addresses.api,
      say: () => undefined,
      signal: new AbortController().signal,
    });
    await look(6, 30);
    const came = await outcome(stack, mailsBefore);
    reached(7);
    await playTheRest(stack, clock);
    return came;
  } finally {
    clock.release();
    await stack.stop();
  }
};

const thisVersion = (name: string) =>
  deployedFunctions({
    template: (places) => synthesised(localStage(readStage().config, places)),
    folder: join(folder, name),
    now: clock.now,
    recorded: () => undefined,
    invoked: () => undefined,
  });

beforeAll(() => {
  clock = installSampleClock();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a deployment of this version over the one before', () => {
  it(
    'comes to the same as if this version had always been there',
    async () => {
      const alone = thisVersion('alone');
      const expected = await live('alone', alone.load);
      alone.stop();

      let step = 0;
      // While a deployment goes on nobody says which function is through first. In the end this version is taken back once.
      const serving = (): Serving => {
        if (step < 2 || step === 6) return 'previous';
        return step < 6 ? 'both' : 'this';
      };
      const previous = deployedFunctions({
        ...previousVersion(join(folder, 'previous')),
        folder: join(folder, 'previous'),
        now: clock.now,
        recorded: () => undefined,
        invoked: () => undefined,
      });
      const fresh = thisVersion('fresh');
      const came = await live('upgraded', bothVersions(previous.load, fresh.load, serving), (reached) => {
        step = reached;
      });
      previous.stop();
      fresh.stop();
      expect(came).toEqual(expected);
      expect(came.truth).toMatchObject({ missed: 0, falseAlarms: 0 });
      expect(came.twice).toBe(0);
    },
    10 * MINUTES,
  );
});
