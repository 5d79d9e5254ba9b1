import { factsOf, simulate } from './simulate.js';

/** Runs one seed again and shows its end: `npx tsx test/simulation/replay.ts 29`. */
const seed = Number(process.argv[2]);
if (!Number.isInteger(seed)) {
  process.stderr.write('Which seed? npx tsx test/simulation/replay.ts SEED\n');
  process.exitCode = 2;
} else {
  const { tail, violations, hash, hours } = await simulate(factsOf(seed));
  process.stdout.write(`${tail.join('\n')}\n\nSeed ${seed}, ${hours.toFixed(1)} hours, events ${hash}\n`);
  for (const { invariant, says } of violations) process.stdout.write(`${invariant}: ${says}\n`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
