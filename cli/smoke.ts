import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { systemClock } from '../shared/adapters/system-clock.js';
import { sessionOf, showing, type Surroundings } from './context.js';
import { smoke } from './smoke/smoke.js';

/** `netral smoke`: whether a deployment does its work, from end to end. */
export const smokeCommand = (around: Surroundings): Command =>
  new Command('smoke')
    .description('take a post of a holder who does not exist the whole way, and all of it away again')
    .addHelpText(
      'after',
      [
        '',
        'Four people take part, each with a token of their own: NETRAL_TOKEN_ADMINISTRATOR, NETRAL_TOKEN_ANALYST,',
        'NETRAL_TOKEN_SECOND_ANALYST and NETRAL_TOKEN_OFFICER; on the local stack sample people do. It takes up to half an',
        'hour, since what is erased is erased by a job. The record keeps that it was done.',
      ].join('\n'),
    )
    .action(async (_options: unknown, command: Command) => {
      const steps: string[] = [];
      const apiAs = (who: Parameters<typeof sessionOf>[1], tokenFrom: string, nth = 0) =>
        sessionOf(command, who, around, { tokenFrom, nth }).api;
      await smoke({
        administrator: apiAs('administrator', 'NETRAL_TOKEN_ADMINISTRATOR'),
        submitter: apiAs('analyst', 'NETRAL_TOKEN_ANALYST'),
        reader: apiAs('analyst', 'NETRAL_TOKEN_SECOND_ANALYST', 1),
        officer: apiAs('officer', 'NETRAL_TOKEN_OFFICER'),
        now: systemClock,
        wait: (milliseconds) => setTimeout(milliseconds),
        nonce: randomBytes(6).toString('hex'),
        say: (line) => {
          steps.push(line);
          around.err(`${line}\n`);
        },
      });
      showing(command, around)({ steps }, () => ['The whole way works.']);
    });
