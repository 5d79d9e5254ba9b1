import { spawnSync } from 'node:child_process';

const OLDEST = 17;

const version = (): number => {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return status === 0 ? Number(/version "(\d+)/.exec(stderr)?.[1]) : 0;
};

/** Whether DynamoDB Local can run here. */
export const javaRuns = (): boolean => version() >= OLDEST;

/** What a run on a machine without it has not shown. */
export const WITHOUT_JAVA = `Not shown: the store contracts on DynamoDB Local, which needs Java ${OLDEST} or later.`;
