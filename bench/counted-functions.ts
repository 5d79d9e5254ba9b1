import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { readStage } from '../infra/read-stage.js';
import { installSampleClock } from '../local/sample-clock.js';
import type { Services } from '../local/services.js';
import type { FunctionName } from '../shared/functions.js';
import { deployedFunctions, localStage } from '../test/deployed/deployed-functions.js';
import { resourcesOf, synthesised } from '../test/infra/template.js';
import { meter, NONE, queueRequests } from './meter.js';
import { IDLE, together, type Work } from './work.js';

const NOWHERE = 'http://127.0.0.1:9';

const Batch = z.object({ Records: z.array(z.object({ body: z.string() })) });

/** What Lambda asks of a queue for a run: it takes a batch, and deletes it. */
const taken = (event: unknown): number => {
  const batch = Batch.safeParse(event);
  return batch.success ? queueRequests(batch.data.Records.map(({ body }) => body)) + 1 : 0;
};

/** The bundled functions, counted at the services: what each does in each part of a round. */
export const countedFunctions = () => {
  const folder = mkdtempSync(join(tmpdir(), 'netral-cost-'));
  const clock = installSampleClock();
  const count = meter();
  const works = new Map<string, Work>();
  let part = 'set-up';
  let held = 0;
  const book = (job: FunctionName, work: Partial<Work>): void => {
    const name = `${part} ${job}`;
    works.set(name, together(works.get(name) ?? IDLE, { ...IDLE, ...work }));
  };
  const jobs = new Map<string, FunctionName>();
  let alarms = 0;
  const { load, stop } = deployedFunctions({
    template: (places) => {
      const template = synthesised(localStage(readStage().config, places));
      alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm', z.unknown()).length;
      return template;
    },
    folder: join(folder, 'code'),
    now: clock.now,
    recorded: async (request, { dynamo }: Services) => {
      const units = await count(request, dynamo);
      const job = jobs.get(request.caller);
      if (job !== undefined) book(job, { units });
      if (held > 0) await sleep(held);
    },
    invoked: ({ role, job, core, took, event }) => {
      jobs.set(role, job);
      book(job, { units: { ...NONE, sqs: taken(event) }, runs: 1, core, took });
    },
    started: (role, job) => jobs.set(role, job),
    logged: (role, bytes) => {
      const job = jobs.get(role);
      if (job !== undefined) book(job, { logBytes: bytes });
    },
  });
  return {
    clock,
    load,
    /** The functions without people: nobody signs in, and no mail goes out. */
    loadAlone: (services: Services) =>
      load(services, { api: NOWHERE, issuer: NOWHERE, mailbox: NOWHERE, identities: NOWHERE }),
    /** For the state of what is started beside the functions. */
    folder: join(folder, 'state'),
    alarms: () => alarms,
    /** From here on all that is done belongs to this part, and each answer of AWS is held back so long. */
    begin: (name: string, awsMilliseconds = 0): void => {
      part = name;
      held = awsMilliseconds;
    },
    of: (name: string, job: FunctionName): Work => works.get(`${name} ${job}`) ?? IDLE,
    /** Ends the functions, once what stands beside them has ended. */
    stop: (): void => {
      clock.release();
      stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
