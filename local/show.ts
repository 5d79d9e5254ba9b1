import pc from 'picocolors';
import type { Addresses } from './functions.js';
import type { SampleWorld } from './sample/world.js';
import { holding, usernameOf } from './seed.js';
import { dueIn, type Summary } from './summary.js';

type Say = (text: string) => void;

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
    .map(([name, count]) => `${name} ${count}`)
    .join(' · ');

const row = (label: string, value: string): string => `  ${label.padEnd(14)}${value}`;

/** What a round came to, for people. */
export const printSummary = (
  say: Say,
  summary: Summary,
  provisions: Readonly<Record<string, number>>,
  milliseconds: number,
): void => {
  const { accounts, scans, coverage, posts, networks, indications, truth, mails } = summary;
  const read = Object.fromEntries(Object.entries(networks).filter(([, count]) => count > 0));
  const exact = truth.missed === 0 && truth.falseAlarms === 0;
  const comparison = `${truth.found} found, ${truth.missed} missed, ${truth.falseAlarms} false alarms`;
  say('');
  say(pc.bold('One round'));
  say(row('accounts', `${accounts}, due ${dueIn(summary)}, looked at ${scans}`));
  say(row('coverage', listed(coverage)));
  say(row('posts', `${posts} screened (${listed(read)}); the text of those with no indication is not kept`));
  say(row('indications', `${indications} (${listed(provisions)})`));
  say(row('against truth', exact ? pc.green(comparison) : pc.red(comparison)));
  say(
    row(
      'since then',
      `${summary.edited} edited: a finding beside the first; ${summary.gone} deleted: noted on the finding; ${summary.givenIn} given in by its holder`,
    ),
  );
  say(row('mails', String(mails)));
  say(row('took', `${(milliseconds / 1000).toFixed(1)} s`));
};

/** Where the pages are, who can sign in, and what to try. */
export const printWhereToLook = (say: Say, addresses: Addresses, world: SampleWorld, log: string): void => {
  const name = (role: Parameters<typeof holding>[1], ordinal?: number): string =>
    usernameOf(holding(world, role, ordinal));
  const holder = world.people.find(({ roles }) => roles.length === 0);
  say('');
  say(pc.bold('Where to look'));
  say(row('console', `${addresses.api}/open/mine  (a sample person, any password)`));
  say(row('mailbox', `${addresses.mailbox}  (what supervisors, holders and analysts get)`));
  say(row('API', `${addresses.api}  (its description, readable)`));
  say(row('log', log));
  say('');
  say(pc.bold('Sign in as a sample person'));
  say(row('by name', `npx netral --as ${name('analyst')} findings list`));
  say(row('analysts', [0, 1, 2].map((ordinal) => name('analyst', ordinal)).join(', ')));
  say(row('supervisor', name('supervisor')));
  say(
    row(
      'officer',
      `${name('officer')}   administrator  ${name('administrator')}   auditor  ${name('auditor')}`,
    ),
  );
  if (holder !== undefined) say(row('holder', `${usernameOf(holder)}, and everybody else`));
  say('');
  say(pc.bold('Try'));
  say('  npx netral findings list');
  say('  npx netral scan now');
  say('  npx netral digest preview');
  say('');
  say('It goes on by its schedules; new posts appear every few minutes. Ctrl-C stops it.');
};
