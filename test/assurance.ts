import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { MUTATION_GROUPS, mutate } from './mutations.js';
import { report, runSeeds } from './simulation/run-seeds.js';

/** What is shown before a release, beyond `npm test`; it takes long, and its figures go to docs/assurance.md with their date. */
const SEEDS = Number(process.argv[2] ?? 20_000);
const TOUR = 100;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
let failed = 0;

const started = process.cpuUsage();
let [hours, findings, mails, doubles] = [0, 0, 0, 0];
// Beyond the seeds that every run of the tests takes.
for (let first = 1_001; first < 1_001 + SEEDS; first += TOUR) {
  const tour = await runSeeds(first, Math.min(TOUR, 1_001 + SEEDS - first));
  for (const course of tour.broken) say(report(course));
  failed += tour.broken.length;
  hours += tour.hours;
  findings += tour.findings;
  mails += tour.mails;
  doubles += tour.doubles;
}
const { user, system } = process.cpuUsage(started);
say(
  `${SEEDS} seeds, ${Math.round(hours)} simulated hours in ${Math.round((user + system) / 1e6)} s of processor time: ` +
    `${findings} findings, ${mails} mails, ${doubles} of them twice because nobody could know; ${failed} seeds broke something`,
);

for (const group of MUTATION_GROUPS) {
  say(`\n${group.name}`);
  for (const { file, killed, survivors } of await mutate(group)) {
    const all = killed + survivors.length;
    say(
      `  ${file}: ${killed} of ${all} changes found, ${all === 0 ? 100 : Math.floor((1000 * killed) / all) / 10} %`,
    );
    for (const survivor of survivors) say(`    ${survivor}`);
  }
}
// The bundled functions through a whole life, and their permissions both ways; networks under load.
const deployed = spawn('vitest', ['run', '--project', 'deployed', '--project', 'load'], { stdio: 'inherit' });
await once(deployed, 'exit');
if (deployed.exitCode !== 0) failed += 1;
process.exitCode = failed === 0 ? 0 : 1;
